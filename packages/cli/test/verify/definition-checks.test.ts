import { describe, expect, it } from '@jest/globals';
import { definePlugin, v } from '@pertybot/core';
import { checkConfig, faultsOf } from '../../src/verify/definition-checks.js';

const option = v.pipe(v.string(), v.description('What it is.'));
type Schema = Parameters<typeof definePlugin>[0]['config'];

const withConfig = (config: Schema) => definePlugin({ name: 'it', ...(config && { config }) });

async function levelsOf(schema: Schema, config?: unknown): Promise<Record<string, string>> {
  const findings = await checkConfig(withConfig(schema), config);
  return Object.fromEntries(findings.map(({ subject, level }) => [subject, level]));
}

describe('checkConfig', () => {
  it('takes a schema that refuses what it does not know, with and without a config', async () => {
    const schema = v.strictObject({ pin: option });
    expect(await levelsOf(schema)).toEqual({ config: 'ok', strict: 'ok' });
    expect(await levelsOf(schema, { pin: 'GPIO5' })).toEqual({ config: 'ok', strict: 'ok' });
  });

  it('takes one that looks at other faults only when there are no strange keys', async () => {
    const inner = v.strictObject({ pin: v.optional(option, '') });
    const schema = v.pipe(
      inner,
      v.check(({ pin }) => pin !== '', 'a pin is missing'),
    );
    expect(await levelsOf(schema)).toMatchObject({ strict: 'ok' });
  });

  it('refuses one that drops or keeps what it does not know', async () => {
    expect(await levelsOf(v.object({ pin: option }))).toMatchObject({ strict: 'error' });
    expect(await levelsOf(v.looseObject({ pin: option }), { pin: '' })).toMatchObject({
      strict: 'error',
    });
  });

  it('takes a plugin without', async () => {
    expect(await levelsOf(undefined)).toEqual({ config: 'ok' });
  });
});

describe('faultsOf', () => {
  it('names what is missing and what is wrong, never what was given', async () => {
    const plugin = withConfig(v.strictObject({ pin: option, times: v.number() }));
    expect(await faultsOf(plugin, { times: 'twice' })).toEqual([
      'pin: is missing',
      'times: Invalid type: Expected number',
    ]);
    expect(await faultsOf(plugin, { pin: 'GPIO5', times: 2 })).toEqual([]);
  });

  it('names a config that nobody asked for', async () => {
    expect(await faultsOf(withConfig(undefined), {})).toEqual(['the plugin takes no config']);
  });
});
