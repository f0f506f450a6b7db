import { readdir, readFile, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import { eventsOf, type Run } from '../support/run-pertybot.js';
import { askPertybot } from '../support/served-command.js';

jest.setTimeout(30_000);

const botFile = `# My bot
plugins:
  - use: oauth
    config: { clientId: id, clientSecret: secret }
  - use: irc # chat
    config: { channels: [mychannel] }
`;

let folder: TestFolder;
beforeEach(async () => {
  folder = await makeBotFolder({ 'plugins.yaml': botFile });
});
afterEach(() => folder.remove());

const run = (words: readonly string[], input = ''): Promise<Run> =>
  askPertybot(words, { folder: folder.path, input });

const read = (name: string) => readFile(folder.file(name), 'utf8');

describe('pertybot plugins create', () => {
  it('writes a plugin and says how to add it, which is left to its owner', async () => {
    const { stdout, code } = await run(['plugins', 'create', 'party-dice']);
    expect(code).toBe(0);
    expect(stdout).toContain('Wrote plugins/party-dice.ts.');
    expect(stdout).toContain('npx pertybot plugins add ./plugins/party-dice.ts');
    expect(await read('plugins.yaml')).toBe(botFile);
  });

  it.each([
    ['ts', []],
    ['js', ['--javascript']],
  ])('makes a plugin whose command works in chat, as %s', async (ending, words) => {
    const created = await run(['plugins', 'create', 'party-dice', '--add', ...words]);
    expect(created).toMatchObject({ code: 0, stderr: '' });
    expect(await read('plugins.yaml')).toBe(
      `${botFile}  - use: ./plugins/party-dice.${ending}\n    # config:\n    #   sides: 6  # How many sides a die has.\n`,
    );
    const dev = await run(['dev', '--json'], 'alice: !party-dice 3\n');
    expect(dev.code).toBe(0);
    const replies = eventsOf(dev).filter(({ type }) => type === 'reply');
    expect(replies).toMatchObject([
      { text: expect.stringMatching(/^alice rolls [1-6], [1-6], [1-6]$/) },
    ]);
  });

  it('adds it where the bot is, also from another folder', async () => {
    const elsewhere = await makeBotFolder({});
    const words = ['plugins', 'create', 'party-dice', '--add', '--dir', folder.path];
    const { code } = await askPertybot(words, { folder: elsewhere.path });
    expect(code).toBe(0);
    expect(await readdir(elsewhere.path)).toEqual([]);
    await elsewhere.remove();
    expect(await read('plugins.yaml')).toContain('- use: ./plugins/party-dice.ts');
  });

  it('never overwrites a file', async () => {
    await run(['plugins', 'create', 'party-dice']);
    await writeFile(folder.file('plugins/party-dice.ts'), '// mine\n');
    const { stderr, code } = await run(['plugins', 'create', 'party-dice', '--add']);
    expect(code).toBe(1);
    expect(stderr).toContain('There is a file "plugins/party-dice.ts" already. (CLI_FILE_EXISTS)');
    expect(await read('plugins/party-dice.ts')).toBe('// mine\n');
    expect(await read('plugins.yaml')).toBe(botFile);
  });

  it('refuses what can be no name, and writes nothing', async () => {
    const { stderr, code } = await run(['plugins', 'create', '../lights']);
    expect(code).toBe(1);
    expect(stderr).toContain('"../lights" can be no name of a plugin. (CLI_PLUGIN_NAME_INVALID)');
    expect(stderr).toContain('Hint: Use up to 50 lower-case letters');
    expect(await readdir(folder.path)).toEqual(['plugins.yaml']);
  });

  it('makes none where there is no bot', async () => {
    const elsewhere = await makeBotFolder({});
    const { stderr, code } = await askPertybot(['plugins', 'create', 'x'], {
      folder: elsewhere.path,
    });
    expect(code).toBe(1);
    expect(stderr).toContain('(CONFIG_MISSING)');
    expect(await readdir(elsewhere.path)).toEqual([]);
    await elsewhere.remove();
  });
});

describe('pertybot plugins create --package', () => {
  it('makes a package where it is run, which needs no bot', async () => {
    const elsewhere = await makeBotFolder({});
    const words = ['plugins', 'create', 'pertybot-plugin-lights', '--package'];
    const { stdout, code } = await askPertybot(words, { folder: elsewhere.path });
    expect(code).toBe(0);
    expect(stdout).toContain('cd pertybot-plugin-lights\n');
    const names = await readdir(elsewhere.file('pertybot-plugin-lights'), { recursive: true });
    expect(names).toEqual(
      expect.arrayContaining(['LICENSE', 'README.md', 'src/index.ts', 'test/lights.test.js']),
    );
    const again = await askPertybot(words, { folder: elsewhere.path });
    expect(again.code).toBe(1);
    expect(again.stderr).toContain('(CLI_FILE_EXISTS)');
    await elsewhere.remove();
  });

  it('does not go with what is for a file of the bot', async () => {
    const { code } = await run(['plugins', 'create', 'lights', '--package', '--add']);
    expect(code).toBe(2);
  });

  it('says that the folder is not there', async () => {
    const words = ['plugins', 'create', 'lights', '--package', '--dir', folder.file('nowhere')];
    const { stderr, code } = await run(words);
    expect(code).toBe(1);
    expect(stderr).toContain('(CLI_FOLDER_LOCKED)');
  });
});
