// biome-ignore-all lint/suspicious/noTemplateCurlyInString: plugins.yaml writes variables so
import { mkdir, readFile, stat } from 'node:fs/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Bot, type BotOptions, ConfigError } from '../../src/host.js';
import { Chat } from '../../src/index.js';
import { MemoryLogger } from '../../src/testing/index.js';
import { BotFolder, type Files } from '../bot-folder.js';

const bots: Bot[] = [];
const folders: BotFolder[] = [];

afterEach(async () => {
  await Promise.all(bots.splice(0).map((bot) => bot.stop()));
  await Promise.all(folders.splice(0).map((folder) => folder.remove()));
});

async function make(files: Files): Promise<BotFolder> {
  const folder = await BotFolder.make(files);
  folders.push(folder);
  return folder;
}

async function load(folder: BotFolder, options: Partial<BotOptions> = {}): Promise<Bot> {
  const bot = await Bot.load({
    folder: folder.folder,
    env: {},
    logger: new MemoryLogger(),
    ...options,
  });
  bots.push(bot);
  return bot;
}

const failureOf = (folder: BotFolder): Promise<ConfigError> =>
  load(folder).then(
    () => Promise.reject(new Error('It was loaded.')),
    (error: unknown) => (error instanceof ConfigError ? error : Promise.reject(error)),
  );

/** Keeps what it was given in its store, and its config as its `about`. */
const keeper = `import { definePlugin, v } from '@pertybot/core';
export default definePlugin({
  name: 'keeper',
  config: v.strictObject({ word: v.optional(v.string(), 'nothing') }),
  async start({ store, command }, { word }) {
    await store.update('starts', (count) => Number(count ?? 0) + 1);
    command('word', { about: word }, () => {});
  },
});
`;

const yaml = (config = '') => `plugins:\n  - use: ./keeper.ts\n${config}`;

describe('a bot without what reaches the outside', () => {
  it('starts the others, and what needs it waits', async () => {
    const chat = (body: string) => `import { Chat, definePlugin } from '@pertybot/core';
export default definePlugin({ ${body} });
`;
    const folder = await make({
      'plugins.yaml': 'plugins:\n  - use: ./net.ts\n  - use: ./talker.ts\n  - use: ./keeper.ts\n',
      'net.ts': chat(`name: 'net', provides: [Chat], start() { throw new Error('never'); }`),
      'talker.ts': chat(`name: 'talker', needs: { chat: Chat }, start() {}`),
      'keeper.ts': keeper,
    });
    const bot = await load(folder, { leaveOut: [Chat] });
    await bot.start();
    expect(bot.plugins.map(({ id, state }) => [id, state])).toEqual([
      ['net', { name: 'stopped' }],
      ['talker', { name: 'waiting', reason: 'needs Chat' }],
      ['keeper', { name: 'running' }],
    ]);
    expect(bot.commands.map(({ name }) => name)).toContain('word');
  });
});

describe('Bot.load', () => {
  it('loads the plugins of a folder and starts nothing', async () => {
    const folder = await make({ 'plugins.yaml': `prefix: "?"\n${yaml()}`, 'keeper.ts': keeper });
    const bot = await load(folder);
    expect([bot.state, bot.prefix, bot.folder]).toEqual(['loaded', '?', folder.folder]);
    expect(bot.plugins).toMatchObject([
      { id: 'keeper', use: './keeper.ts', name: 'keeper', state: { name: 'loaded' } },
    ]);
    expect(bot.commands.map(({ name }) => name)).toEqual(['help']);
    expect(bot.pluginFiles).toEqual([folder.path('keeper.ts')]);
    expect(bot.configOf('keeper')).toEqual({ word: 'nothing' });
    expect(bot.requestedScopes.list).toEqual([]);
  });

  it('reads a file with a byte order mark', async () => {
    const folder = await make({ 'plugins.yaml': `\uFEFF${yaml()}`, 'keeper.ts': keeper });
    expect((await load(folder)).plugins).toHaveLength(1);
    await folder.write({ 'plugins.yaml': `\uFEFFplugins:\r\n  - uze: x\r\n` });
    expect((await failureOf(folder)).problems[1]?.position).toEqual({ line: 2, column: 5 });
  });

  it('reads .env beside the file; the environment wins', async () => {
    const folder = await make({
      'plugins.yaml': yaml('    config: { word: "${A}-${B}-${C:-c}" }\n'),
      'keeper.ts': keeper,
      '.env': '\uFEFF# words\r\nA=from-file\r\nB="with spaces" # why\r\n',
    });
    const bot = await load(folder, { env: { A: 'from-env' } });
    expect(bot.configOf('keeper')).toEqual({ word: 'from-env-with spaces-c' });
  });

  it('says what is missing, and never where it would look in vain', async () => {
    const folder = await make({});
    expect(await failureOf(folder)).toMatchObject({
      code: 'CONFIG_MISSING',
      message: `There is no "${folder.path('plugins.yaml')}".`,
      hint: expect.stringContaining('--dir'),
    });
  });

  it('refuses a folder in the place of the file', async () => {
    const folder = await make({});
    await mkdir(folder.path('plugins.yaml'));
    expect(await failureOf(folder)).toMatchObject({
      code: 'CONFIG_UNREADABLE',
      message: `"${folder.path('plugins.yaml')}" is no file.`,
    });
  });

  it('refuses a file above one megabyte before it reads it', async () => {
    const folder = await make({ 'plugins.yaml': 'x'.repeat(1_048_577) });
    expect(await failureOf(folder)).toMatchObject({ code: 'CONFIG_TOO_LARGE' });
    await folder.write({ 'plugins.yaml': `plugins: []\n#${'x'.repeat(1_048_563)}` });
    expect((await stat(folder.path('plugins.yaml'))).size).toBe(1_048_576);
    expect((await load(folder)).plugins).toEqual([]);
  });

  it('refuses a folder in the place of .env', async () => {
    const folder = await make({ 'plugins.yaml': 'plugins: []\n' });
    await mkdir(folder.path('.env'));
    expect(await failureOf(folder)).toMatchObject({
      code: 'CONFIG_UNREADABLE',
      message: expect.stringContaining('.env'),
    });
  });

  it('makes its state folder for its owner alone', async () => {
    const folder = await make({ 'plugins.yaml': 'plugins: []\n' });
    await load(folder, { stateFolder: folder.path('.pertybot/dev') });
    expect((await stat(folder.path('.pertybot/dev'))).mode & 0o777).toBe(0o700);
  });

  it('says that its state folder cannot be made', async () => {
    const folder = await make({ 'plugins.yaml': 'plugins: []\n', '.pertybot': 'in the way' });
    await expect(load(folder)).rejects.toMatchObject({
      code: 'STORE_WRITE_FAILED',
      message: expect.stringContaining('.pertybot'),
    });
  });

  it('lays an overlay over the entries, by path too', async () => {
    const folder = await make({ 'plugins.yaml': yaml(), 'keeper.ts': keeper });
    const bot = await load(folder, { overlay: { './keeper.ts': { word: 'over' } } });
    expect(bot.configOf('keeper')).toEqual({ word: 'over' });
  });
});

describe('Bot', () => {
  it('starts, keeps what plugins store across lives, and stops', async () => {
    const folder = await make({ 'plugins.yaml': yaml(), 'keeper.ts': keeper });
    for (const lives of [1, 2]) {
      const bot = await load(folder);
      const states: string[] = [];
      bot.on('plugin', ({ state }) => states.push(state.name));
      await bot.start();
      expect([bot.state, bot.commands.map(({ name }) => name)]).toEqual([
        'ready',
        ['help', 'word'],
      ]);
      expect(bot.find(Chat)).toBeUndefined();
      await bot.idle();
      await bot.stop();
      expect([bot.state, states]).toEqual(['stopped', ['starting', 'running', 'stopped']]);
      const text = await readFile(folder.path('.pertybot/stores/keeper.json'), 'utf8');
      expect(JSON.parse(text)).toEqual({ starts: lives });
    }
  });

  it('restarts one plugin, which then sees what it stored just before', async () => {
    const folder = await make({ 'plugins.yaml': yaml(), 'keeper.ts': keeper });
    const bot = await load(folder);
    await bot.start();
    await Promise.all([bot.restart('keeper'), bot.restart('keeper')]);
    const text = await readFile(folder.path('.pertybot/stores/keeper.json'), 'utf8');
    expect(JSON.parse(text)).toEqual({ starts: 3 });
  });
});
