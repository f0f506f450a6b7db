import { readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import type { Run } from '../support/run-pertybot.js';
import { askPertybot } from '../support/served-command.js';

jest.setTimeout(30_000);

const fakeNpm = join(__dirname, '..', 'fixtures', 'fake-npm');

let folder: TestFolder;
beforeEach(async () => {
  folder = await makeBotFolder({
    'plugins.yaml': 'plugins:\n  - use: ./plugins/dice.js\n    id: die\n  - use: gpio\n',
    'package.json': '{}',
    'plugins/dice.js': `import { definePlugin, v } from '@pertybot/core';
export default definePlugin({
  name: 'dice',
  about: 'Rolls a die',
  config: v.strictObject({ sides: v.optional(v.number(), 6) }),
  start() {},
});
`,
    'broken.js': 'export default 1;\n',
  });
});
afterEach(() => folder.remove());

function plugins(
  words: readonly string[],
  plan = 'ok',
  more: Readonly<Record<string, string>> = {},
): Promise<Run> {
  const PATH = `${fakeNpm}${delimiter}${process.env.PATH}`;
  const environment = { PATH, FAKE_NPM: plan, FAKE_NPM_LOG: folder.file('npm.log'), ...more };
  const options = { folder: folder.path, environment };
  return askPertybot(['plugins', ...words], options);
}

describe('pertybot plugins search', () => {
  it('shows packages that call themselves plugins, with version, day and publisher', async () => {
    const { stdout, code } = await plugins(['search', 'fan']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^pertybot-plugin-fan 1\.2\.3 {2}2026-03-01 by ann\n {2}Turns a fan\n/);
    expect(stdout).not.toContain('not-a-plugin');
    expect(JSON.parse((await plugins(['search', '--json'])).stdout)).toMatchObject([
      { name: 'pertybot-plugin-fan', version: '1.2.3', by: 'ann', on: '2026-03-01' },
      { name: 'pertybot-plugin-shy' },
      { name: 'pertybot-plugin-odd' },
    ]);
  });

  it('tells what each provides, as far as npm knows it', async () => {
    const { stdout } = await plugins(['search', 'fan']);
    expect(stdout).toContain(
      '\n  Turns a fan\n  provides Wind; needs Gpio, Chat; commands !fan, !gust\npertybot-plugin-shy 0.1.0\npertybot-plugin-odd 0.2.0\n',
    );
    const [fan, shy, odd] = JSON.parse((await plugins(['search', '--json'])).stdout);
    expect(fan.facts).toMatchObject({ provides: ['Wind'], needs: ['Gpio', 'Chat'] });
    expect([shy.facts, odd.facts]).toEqual([undefined, undefined]);
  });

  it('asks that of no more than the first twelve', async () => {
    const { stdout } = await plugins(['search', '--json'], 'ok', { FAKE_NPM_MORE: '20' });
    expect(JSON.parse(stdout)).toHaveLength(23);
    const asked = (await readFile(folder.file('npm.log'), 'utf8')).match(/^view /gm);
    expect(asked).toHaveLength(12);
  });

  it('asks npm for the words, and for nothing that they could mean to npm', async () => {
    await plugins(['search', 'fan', '--', '--registry=elsewhere']);
    expect(await readFile(folder.file('npm.log'), 'utf8')).toMatch(
      /^search --json --searchlimit=30 keywords:pertybot-plugin fan registry=elsewhere --ignore-scripts /,
    );
  });

  it('says that there is none', async () => {
    expect((await plugins(['search', 'nothing'])).stdout).toBe('No plugin was found.\n');
  });

  it('says clearly that the registry offers no search, or is away', async () => {
    const refused = await plugins(['search', 'fan'], 'E404');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('npm search failed: The npm registry cannot be searched.');
    const away = await plugins(['search', 'fan'], 'ENOTFOUND');
    expect(away.stderr).toContain('The npm registry cannot be reached.');
  });
});

describe('pertybot plugins info', () => {
  it('shows what a plugin of the bot is and can be told', async () => {
    const { stdout, code } = await plugins(['info', 'die']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^dice\n {2}about +Rolls a die\n[\s\S]* config:\n +sides: 6\n$/);
    expect(JSON.parse((await plugins(['info', 'gpio', '--json'])).stdout)).toMatchObject({
      installed: true,
      plugin: { packageName: '@pertybot/plugin-gpio', provides: expect.arrayContaining(['Gpio']) },
    });
  });

  it('looks up one that is not installed: what it provides, its install scripts', async () => {
    const { stdout } = await plugins(['info', 'fan']);
    expect(stdout).toBe(
      'pertybot-plugin-fan 1.2.3 (not installed)\n' +
        '  about     Turns a fan\n  by        ann\n' +
        '  provides  Wind\n  needs     Gpio, Chat\n  commands  !fan, !gust\n' +
        '  beside    @pertybot/core >=0.1.0 <1.0.0\n' +
        '  scripts   postinstall (never run by plugins add)\n',
    );
  });

  it('says that one is nowhere, or does not load', async () => {
    const nowhere = await plugins(['info', 'nope']);
    expect(nowhere.code).toBe(1);
    expect(nowhere.stderr).toContain('npm view failed: The npm registry has no such package.');
    const broken = await plugins(['info', './broken.js']);
    expect(broken.code).toBe(1);
    expect(broken.stderr).toContain('(CLI_PLUGIN_REFUSED)');
  });
});
