// biome-ignore-all lint/suspicious/noTemplateCurlyInString: plugins.yaml writes variables so
import { afterEach, describe, expect, it } from '@jest/globals';
import { Bot } from '../../src/host.js';
import { type InjectionToken, isPertyError } from '../../src/index.js';
import { MemoryLogger } from '../../src/testing/index.js';
import { BotFolder, type Files } from '../bot-folder.js';

/** What the plugins of a test say of their lives. */
const Diary: InjectionToken<string[]> = Symbol.for('pertybot.test.Diary');

let folder: BotFolder | undefined;
let bot: Bot | undefined;

afterEach(async () => {
  await bot?.stop();
  await folder?.remove();
});

/** A plugin that tells the diary when it starts and stops, with its config. */
const plugin = (name: string, more = '', start = '') => `
import { definePlugin, v } from '@pertybot/core';
const Diary = Symbol.for('pertybot.test.Diary');
const Service = Symbol.for('pertybot.test.Service');
export default definePlugin({
  name: '${name}',
  config: v.strictObject({ word: v.optional(v.string(), 'none') }),
  ${more}
  async start({ onStop, command }, { word }) {
    const diary = globalThis[Diary];
    ${start}
    diary.push('${name} starts ' + word);
    onStop(() => void diary.push('${name} stops'));
  },
});
`;

const provides =
  'provides: [Service], register: (container) => void container.register(Service, { useValue: {} }),';
const needs = 'needs: { service: Service },';

async function start(files: Files): Promise<{ bot: Bot; diary: string[]; folder: BotFolder }> {
  const diary: string[] = [];
  Object.defineProperty(globalThis, Diary as symbol, { value: diary, configurable: true });
  const made = await BotFolder.make(files);
  folder = made;
  const loaded = await Bot.load({ folder: made.folder, env: {}, logger: new MemoryLogger() });
  bot = loaded;
  await loaded.start();
  diary.length = 0;
  return { bot: loaded, diary, folder: made };
}

const three: Files = {
  'plugins.yaml': 'plugins:\n  - use: ./user.ts\n  - use: ./service.ts\n  - use: ./other.ts\n',
  'user.ts': plugin('user', needs),
  'service.ts': plugin('service', provides),
  'other.ts': plugin('other'),
};

const states = (of: Bot) => of.plugins.map(({ id, state }) => `${id} ${state.name}`);

describe('Bot.reload', () => {
  it('changes nothing where nothing changed', async () => {
    const { bot: running, diary } = await start(three);
    expect(await running.reload()).toEqual({
      ...{ added: [], removed: [], changed: [], reconfigured: [], restarted: [] },
    });
    expect(diary).toEqual([]);
  });

  it('exchanges exactly the plugin whose config changed', async () => {
    const { bot: running, diary, folder: files } = await start(three);
    await files.write({
      'plugins.yaml': `${three['plugins.yaml']}    config: { word: new }\n`,
    });
    expect(await running.reload()).toMatchObject({ changed: ['other'], restarted: ['other'] });
    expect(diary).toEqual(['other stops', 'other starts new']);
  });

  it('takes along what needs the plugin, and only that', async () => {
    const { bot: running, diary, folder: files } = await start(three);
    await files.write({ 'service.ts': plugin('service', provides, 'const version = 2;') });
    expect(await running.reload()).toMatchObject({
      changed: ['service'],
      restarted: ['user', 'service'],
    });
    expect(diary).toEqual([
      'user stops',
      'service stops',
      'service starts none',
      'user starts none',
    ]);
  });

  it('adds, removes, disables and enables', async () => {
    const { bot: running, diary, folder: files } = await start(three);
    await files.write({
      'plugins.yaml':
        'plugins:\n  - use: ./service.ts\n  - use: ./user.ts\n    enabled: false\n  - use: ./new.ts\n',
      'new.ts': plugin('new'),
    });
    expect(await running.reload()).toMatchObject({
      added: ['new'],
      removed: ['other'],
      changed: ['user'],
      restarted: ['user', 'new'],
    });
    expect(diary).toEqual(['user stops', 'other stops', 'new starts none']);
    expect(states(running)).toEqual(['service running', 'user disabled', 'new running']);
    await files.write({ 'plugins.yaml': three['plugins.yaml'] ?? '' });
    await running.reload();
    expect(states(running)).toEqual(['user running', 'service running', 'other running']);
  });

  it('reloads when only .env, the prefix or the replies changed', async () => {
    const {
      bot: running,
      diary,
      folder: files,
    } = await start({
      'plugins.yaml': 'plugins:\n  - use: ./a.ts\n    config: { word: "${WORD}" }\n',
      'a.ts': plugin('a'),
      '.env': 'WORD=one\n',
    });
    await files.write({ '.env': 'WORD=two\n' });
    await running.reload();
    expect(diary).toEqual(['a stops', 'a starts two']);
    await files.write({
      'plugins.yaml': 'prefix: "?"\nplugins:\n  - use: ./a.ts\n    config: { word: "${WORD}" }\n',
    });
    expect((await running.reload()).restarted).toEqual([]);
    expect(running.prefix).toBe('?');
  });

  it('applies how the owner tunes a command', async () => {
    const command = "command('lamp', {}, () => {});";
    const { bot: running, folder: files } = await start({
      'plugins.yaml': 'plugins:\n  - use: ./a.ts\n',
      'a.ts': plugin('a', '', command),
    });
    await files.write({
      'plugins.yaml': 'plugins:\n  - use: ./a.ts\n    commands: { lamp: { name: desk } }\n',
    });
    await running.reload();
    expect(running.commands.map(({ name }) => name)).toEqual(['desk', 'help']);
  });

  it('gives a plugin that can take it a new config without a stop', async () => {
    const reconfigure = `reconfigure(container, { word }) {
      if (word === 'no') return false;
      globalThis[Diary].push('a takes ' + word);
      return true;
    },`;
    const yaml = (word: string) =>
      `plugins:\n  - use: ./a.ts\n    config: { word: ${word} }\n  - use: ./b.ts\n`;
    const {
      bot: running,
      diary,
      folder: files,
    } = await start({
      'plugins.yaml': yaml('one'),
      'a.ts': plugin('a', reconfigure),
      'b.ts': plugin('b'),
    });
    await files.write({ 'plugins.yaml': yaml('two') });
    expect(await running.reload()).toMatchObject({ reconfigured: ['a'], restarted: [] });
    await files.write({ 'plugins.yaml': yaml('no') });
    expect(await running.reload()).toMatchObject({ reconfigured: ['a'], restarted: ['a'] });
    expect(diary).toEqual(['a takes two', 'a stops', 'a starts no']);
    expect(running.configOf('a')).toEqual({ word: 'no' });
  });

  it('gives the old config back when another plugin does not start', async () => {
    const reconfigure =
      "reconfigure(container, { word }) { globalThis[Diary].push('a takes ' + word); return true; },";
    const {
      bot: running,
      diary,
      folder: files,
    } = await start({
      'plugins.yaml': 'plugins:\n  - use: ./a.ts\n  - use: ./b.ts\n',
      'a.ts': plugin('a', reconfigure),
      'b.ts': plugin('b', '', "if (word === 'bad') throw new Error('bad word');"),
    });
    await files.write({
      'plugins.yaml':
        'prefix: "?"\nplugins:\n  - use: ./a.ts\n    config: { word: new }\n  - use: ./b.ts\n    config: { word: bad }\n',
    });
    expect(await running.reload()).toMatchObject({
      rolledBack: 'The plugin "b" does not start: bad word',
    });
    expect(diary).toEqual(['a takes new', 'b stops', 'b starts none', 'a takes none']);
    expect([running.prefix, running.configOf('a')]).toEqual(['!', { word: 'none' }]);
    expect(states(running)).toEqual(['a running', 'b running']);
  });

  it('goes back to the running version when a new one does not start', async () => {
    const { bot: running, diary, folder: files } = await start(three);
    await files.write({
      'plugins.yaml': `${three['plugins.yaml']}    config: { word: new }\n`,
      'service.ts': plugin('service', provides, "throw new Error('no service');"),
    });
    expect(await running.reload()).toMatchObject({
      changed: ['service', 'other'],
      rolledBack: 'The plugin "service" does not start: no service',
    });
    expect(states(running)).toEqual(['user running', 'service running', 'other running']);
    expect(diary.filter((line) => line.startsWith('other'))).toEqual([
      'other stops',
      'other starts new',
      'other stops',
      'other starts none',
    ]);
    // Mended, it is taken.
    await files.write({ 'service.ts': plugin('service', provides, 'const mended = true;') });
    expect((await running.reload()).rolledBack).toBeUndefined();
    expect(running.configOf('other')).toEqual({ word: 'new' });
  });

  it.each([
    ['plugins.yaml', 'plugins: [', 'plugins.yaml:1:10'],
    ['plugins.yaml', 'plugins:\n  - use: ./nothing.ts\n', 'There is no file "./nothing.ts"'],
    ['plugins.yaml', '', 'expected "plugins:"'],
    ['other.ts', 'const x = ;\nexport default 1;\n', 'other.ts:1:11'],
    ['other.ts', plugin('other').replace("'none'", '3').replace('v.string()', 'v.number()'), ''],
  ])('leaves everything as it is when %s becomes %j', async (file, text, message) => {
    const {
      bot: running,
      diary,
      folder: files,
    } = await start({
      ...three,
      'plugins.yaml': `${three['plugins.yaml']}    config: { word: old }\n`,
    });
    await files.write({ [file]: text });
    const error: unknown = await running.reload().catch((thrown: unknown) => thrown);
    expect(isPertyError(error) && error.message).toContain(message);
    expect([diary, states(running)]).toEqual([
      [],
      ['user running', 'service running', 'other running'],
    ]);
    await files.write({ [file]: three[file] ?? '', 'plugins.yaml': three['plugins.yaml'] ?? '' });
    expect(await running.reload()).toMatchObject({ restarted: ['other'] });
  });

  it('tries a plugin again that had failed, once it or what it needs changed', async () => {
    const { bot: running, folder: files } = await start({
      ...three,
      'service.ts': plugin('service', provides, "throw new Error('no service');"),
    });
    expect(states(running)).toEqual(['user waiting', 'service failed', 'other running']);
    await files.write({ 'service.ts': plugin('service', provides, "throw new Error('still');") });
    expect((await running.reload()).rolledBack).toBeUndefined();
    expect(states(running)).toEqual(['user waiting', 'service failed', 'other running']);
    await files.write({ 'service.ts': plugin('service', provides) });
    await running.reload();
    expect(states(running)).toEqual(['user running', 'service running', 'other running']);
  });

  it('does one after the other when asked several times at once', async () => {
    const { bot: running, diary, folder: files } = await start(three);
    await files.write({ 'other.ts': plugin('other', '', 'const version = 2;') });
    await Promise.all([running.reload(), running.reload(), running.restart('other')]);
    expect(diary).toEqual(['other stops', 'other starts none', 'other stops', 'other starts none']);
  });

  it('gives way to a stop', async () => {
    const { bot: running, diary, folder: files } = await start(three);
    await files.write({ 'other.ts': plugin('other', '', 'const version = 2;') });
    const reloaded = running.reload();
    await running.stop();
    await reloaded;
    expect(diary.filter((line) => line.includes('starts'))).toEqual([]);
    expect(running.plugins.every(({ state }) => state.name === 'stopped')).toBe(true);
  });

  it('before the start only takes the new file', async () => {
    const made = await BotFolder.make(three);
    folder = made;
    const loaded = await Bot.load({ folder: made.folder, env: {}, logger: new MemoryLogger() });
    bot = loaded;
    await made.write({ 'plugins.yaml': 'plugins:\n  - use: ./other.ts\n' });
    await loaded.reload();
    expect(states(loaded)).toEqual(['other loaded']);
  });

  it('tells the provider of tokens when other scopes are wanted', async () => {
    const { bot: running, folder: files } = await start({
      'plugins.yaml': 'plugins:\n  - use: ./a.ts\n  - use: ./b.ts\n',
      'a.ts': plugin('a', "scopes: ['chat:read', 'chat:edit'],"),
      'b.ts': plugin('b', "scopes: ['chat:read'],"),
    });
    const seen: unknown[] = [];
    const undo = running.requestedScopes.onChange((list) => {
      seen.push(list);
      throw new Error('deaf');
    });
    expect(running.requestedScopes.list).toEqual([
      { scope: 'chat:read', plugins: ['a', 'b'] },
      { scope: 'chat:edit', plugins: ['a'] },
    ]);
    await files.write({ 'plugins.yaml': 'plugins:\n  - use: ./b.ts\n' });
    await running.reload();
    undo();
    await files.write({ 'plugins.yaml': 'plugins:\n  - use: ./a.ts\n' });
    await running.reload();
    expect(seen).toEqual([[{ scope: 'chat:read', plugins: ['b'] }]]);
  });
});
