import { describe, expect, it } from '@jest/globals';
import type { StandardSchemaV1 } from '@standard-schema/spec';
import * as v from 'valibot';
import { knownKeysOf } from '../../src/bot-file/json-schema.js';
import { toProblems } from '../../src/bot-file/schema-problems.js';
import { YamlSource } from '../../src/bot-file/yaml-source.js';

/** The faults of a config that stands in plugins.yaml as `config: …`. */
async function faultsOf(schema: StandardSchemaV1, config: string) {
  const source = new YamlSource('plugins.yaml', `plugins:\n  - use: a\n    config: ${config}\n`);
  const path = ['plugins', 0, 'config'];
  const value = source.document.getIn(path, true);
  const plain = value === undefined ? {} : (source.toJs().value as Bot).plugins[0]?.config;
  const result = await schema['~standard'].validate(plain ?? {});
  const knownKeys = await knownKeysOf(schema);
  return toProblems(result.issues ?? [], { source, path, knownKeys }).map(
    ({ position, message, hint }) => ({
      at: `${position.line}:${position.column}`,
      message,
      ...(hint === undefined ? {} : { hint }),
    }),
  );
}

interface Bot {
  readonly plugins: readonly { readonly config: unknown }[];
}

const gadgets = v.strictObject({
  driver: v.optional(v.picklist(['auto', 'simulated'])),
  gadgets: v.record(
    v.string(),
    v.variant('type', [
      v.strictObject({ type: v.literal('light'), pin: v.string(), maxOn: v.optional(v.number()) }),
      v.strictObject({ type: v.literal('motor'), forward: v.string(), backward: v.string() }),
    ]),
  ),
});

const gadget = v.strictObject({ pin: v.optional(v.number()) });

describe('faults of a config', () => {
  it('are none where it is right', async () => {
    expect(await faultsOf(gadgets, '{ gadgets: { lamp: { type: light, pin: GPIO17 } } }')).toEqual(
      [],
    );
  });

  it('stand where the value does, with what was expected and what is written', async () => {
    expect(
      await faultsOf(gadgets, '{ driver: fast, gadgets: { lamp: { type: light, pin: 17 } } }'),
    ).toEqual([
      {
        at: '3:23',
        message: 'driver: expected "auto" or "simulated", received "fast"',
      },
      { at: '3:66', message: 'gadgets.lamp.pin: expected a text, received 17' },
    ]);
  });

  it('show a name that is wrong, and not what it names', async () => {
    const named = v.record(v.pipe(v.string(), v.regex(/^[a-z]{1,8}$/, 'expected a word')), gadget);
    expect(await faultsOf(named, '{ lamp: {}, far_too_long: { pin: 1 } }')).toEqual([
      { at: '3:39', message: 'far_too_long: expected a word, received "far_too_long"' },
    ]);
  });

  it('name what is missing, at the key that lacks it', async () => {
    expect(await faultsOf(gadgets, '{ gadgets: { lamp: { type: light } } }')).toEqual([
      { at: '3:26', message: 'gadgets.lamp.pin: is missing' },
    ]);
  });

  it('tell who writes no config at all where it goes', async () => {
    const source = new YamlSource('plugins.yaml', 'plugins:\n  - use: a\n');
    const schema = v.strictObject({ pin: v.string() });
    const { issues = [] } = await schema['~standard'].validate({});
    const place = { source, path: ['plugins', 0, 'config'], knownKeys: await knownKeysOf(schema) };
    expect(toProblems(issues, place)).toMatchObject([
      { message: 'pin: is missing', hint: 'Write below it: config: { pin: … }' },
    ]);
  });

  it('name all keys that nobody knows, although a schema stops at the first', async () => {
    expect(
      await faultsOf(gadgets, '{ gadgets: {}, drivr: auto, colour: red, gadgts: 1 }'),
    ).toMatchObject([
      { message: 'drivr: unknown key "drivr"', hint: 'Did you mean "driver"?' },
      { message: 'colour: unknown key "colour"', hint: 'Known keys: driver, gadgets.' },
      { message: 'gadgts: unknown key "gadgts"', hint: 'Did you mean "gadgets"?' },
    ]);
  });

  it('know the keys of the kind that is meant', async () => {
    const [fault] = await faultsOf(
      gadgets,
      '{ gadgets: { m: { type: motor, forward: A, backward: B, pin: C } } }',
    );
    expect(fault).toMatchObject({
      message: 'gadgets.m.pin: unknown key "pin"',
      hint: 'Known keys: type, forward, backward.',
    });
  });

  it('are told of a union once, and in the member that is meant', async () => {
    const schema = v.object({
      steps: v.union([v.string(), v.array(v.object({ wait: v.number() }))]),
    });
    expect(await faultsOf(schema, '{ steps: [{ wait: long }] }')).toEqual([
      { at: '3:31', message: 'steps.0.wait: expected a number, received "long"' },
    ]);
    const [fault] = await faultsOf(schema, '{ steps: 5 }');
    expect(fault?.message).toMatch(/^steps: expected a text or a list, received 5$/);
  });

  it('never show the value of a variable, only its name', async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of plugins.yaml
    const [fault] = await faultsOf(v.object({ port: v.number() }), "{ port: '${SECRET}' }");
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of plugins.yaml
    expect(fault?.message).toBe("port: expected a number, received '${SECRET}'");
  });

  it('are fifty of ten thousand, each once', async () => {
    const list = Array.from({ length: 10_000 }, () => 'x').join(', ');
    const faults = await faultsOf(v.object({ list: v.array(v.number()) }), `{ list: [${list}] }`);
    expect(faults).toHaveLength(50);
    expect(new Set(faults.map(({ at }) => at)).size).toBe(50);
  });

  it('of another library are told as well, with no place below the value', async () => {
    const mute: StandardSchemaV1 = {
      '~standard': {
        version: 1,
        vendor: 'mute',
        validate: () => ({ issues: [{ message: 'must be odd' }, { message: '' }] }),
      },
    };
    expect(await faultsOf(mute, '8')).toEqual([
      { at: '3:13', message: 'config: must be odd, received 8' },
      { at: '3:13', message: 'config: is wrong, received 8' },
    ]);
  });
});

describe('what was meant', () => {
  it.each([
    ['{ text: {user} }', 'Write: "{user}"'],
    ['{ text: [hello] }', 'Write: "[hello]"'],
    ['{ text: #hash }', 'A # begins a comment. Put the text in quotes: "#hash"'],
    ['{ list: lamp on }', 'Write: [lamp on]'],
    ['{ list: "lamp on" }', 'Write: [lamp on]'],
  ])('by %s is %p', async (config, hint) => {
    const schema = v.object({
      text: v.optional(v.string()),
      list: v.optional(v.array(v.string())),
    });
    const faults = await faultsOf(schema, config);
    expect(faults[0]?.hint).toBe(hint);
  });
});
