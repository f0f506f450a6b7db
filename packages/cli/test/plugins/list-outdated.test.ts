import { chmod } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import { askPertybot } from '../support/served-command.js';

jest.setTimeout(60_000);

const manifest = (name: string, version: string) => JSON.stringify({ name, version });

let folder: TestFolder;
beforeEach(async () => {
  folder = await makeBotFolder({
    'plugins.yaml': 'plugins:\n  - use: fan\n  - use: cup\n  - use: mine\n  - use: ./own.js\n',
    'package.json': JSON.stringify({
      dependencies: {
        pertybot: 'file:packages/pertybot-0.1.0-01234567.tgz',
        'pertybot-plugin-fan': '^1.0.0',
        'pertybot-plugin-cup': '^3.0.0',
        'pertybot-plugin-mine': '^0.1.0',
      },
    }),
    'bin/npm': `#!/usr/bin/env node
const name = process.argv[3];
if (process.env.PLAN) { console.error('npm error code ' + process.env.PLAN); process.exit(1); }
if (name.endsWith('-mine')) { console.error('npm error code E404'); process.exit(1); }
console.log(JSON.stringify(name.endsWith('-fan') ? '1.10.0' : '3.0.0-beta.2'));
`,
    'node_modules/pertybot-plugin-fan/package.json': manifest('pertybot-plugin-fan', '1.9.2'),
    'node_modules/pertybot-plugin-cup/package.json': manifest('pertybot-plugin-cup', '3.0.0'),
    'node_modules/pertybot-plugin-mine/package.json': manifest('pertybot-plugin-mine', '0.1.0'),
    'node_modules/pertybot/package.json': manifest('pertybot', '0.1.0'),
    'bin/package.json': '{"type":"commonjs"}',
  });
  await chmod(folder.file('bin/npm'), 0o755);
});
afterEach(() => folder.remove());

const run = (words: readonly string[], plan = '') =>
  askPertybot(['plugins', 'outdated', ...words], {
    folder: folder.path,
    environment: { PATH: `${join(folder.path, 'bin')}${delimiter}${process.env.PATH}`, PLAN: plan },
  });

describe('pertybot plugins outdated', () => {
  it('tells what is behind, and what the registry knows nothing of', async () => {
    const { stdout, code } = await run(['--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual([
      { name: 'pertybot', installed: '0.1.0', state: 'packed' },
      { name: 'pertybot-plugin-fan', installed: '1.9.2', latest: '1.10.0', state: 'outdated' },
      { name: 'pertybot-plugin-cup', installed: '3.0.0', latest: '3.0.0-beta.2', state: 'current' },
      { name: 'pertybot-plugin-mine', installed: '0.1.0', state: 'unpublished' },
    ]);
    const words = await run([]);
    expect(words.stdout).toContain('! pertybot-plugin-fan 1.9.2 → 1.10.0');
    expect(words.stdout).toContain('Run: pertybot plugins update');
  });

  it('says plainly that it is offline', async () => {
    const { stderr, code } = await run([], 'ENOTFOUND');
    expect(code).toBe(1);
    expect(stderr).toContain('The npm registry cannot be reached.');
    const { stdout } = await run(['--json'], 'ENOTFOUND');
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, code: 'CLI_NPM_FAILED' });
  });
});
