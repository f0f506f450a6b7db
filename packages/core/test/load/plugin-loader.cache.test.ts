import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { mirrorLocalPlugin } from '../../src/load/local-plugin.js';
import { BotFolder, type Files } from '../bot-folder.js';
import { loaderOf, make, manifest, plugin } from './loaded.js';

describe('the cache of a local plugin', () => {
  const source = plugin('dice', 'as its source says');

  /** The copies and notes that were made, from the cache. */
  async function made(bot: BotFolder): Promise<{ copy: string; note: string }> {
    const cache = bot.path('.pertybot/cache');
    const names = await readdir(cache);
    const note = names.find((name) => name.endsWith('.json')) ?? '';
    const folder = names.find((name) => !name.endsWith('.json')) ?? '';
    const copies = await readdir(path.join(cache, folder), { recursive: true });
    const copy = copies.find((name) => /dice/.test(name) && /\.m?[jt]s$/.test(name)) ?? '';
    return { copy: path.join(cache, folder, copy), note: path.join(cache, note) };
  }

  const aboutOf = async (bot: BotFolder) => {
    const mirror = await mirrorLocalPlugin({
      entry: bot.path('dice.ts'),
      folder: bot.folder,
      resolveFrom: [],
    });
    return readFile(mirror.main, 'utf8');
  };

  it.each([
    ['another content', 'export default { evil: true };'],
    ['none, as after a loss of power', ''],
  ])('is made again when a copy has %s', async (_, content) => {
    const bot = await make({ 'dice.ts': source });
    const text = await aboutOf(bot);
    const { copy } = await made(bot);
    await writeFile(copy, content);
    expect(await aboutOf(bot)).toBe(text);
  });

  it('is not believed when it came with the folder, or lies elsewhere', async () => {
    const bot = await make({ 'dice.ts': source, 'evil.mjs': 'evil' });
    const text = await aboutOf(bot);
    const { copy, note } = await made(bot);
    const told = JSON.parse(await readFile(note, 'utf8'));
    const elsewhere = { ...told, mirror: { ...told.mirror, main: bot.path('evil.mjs') } };
    await writeFile(note, JSON.stringify(elsewhere));
    expect(await aboutOf(bot)).toBe(text);
    // As a copy of the whole folder would be, with the note that fits to it.
    await rm(copy);
    await writeFile(copy, 'evil');
    await writeFile(note, JSON.stringify(told));
    expect(await aboutOf(bot)).toBe(text);
  });
});

describe('a package with a name of PertyBot’s own', () => {
  const name = 'node_modules/@pertybot/plugin-irc';
  const files = (about: string, folder = name): Files => ({
    [`${folder}/package.json`]: manifest('@pertybot/plugin-irc'),
    [`${folder}/index.js`]: plugin('irc', about),
  });
  const aboutOf = async (bot: BotFolder, program: BotFolder) => {
    const from = new URL(`file://${program.path('index.js')}`).href;
    return (await loaderOf(bot, [from]).load('irc')).plugin.about;
  };

  it('that a plugin brought along does not take the place of the program’s', async () => {
    const program = await make(files('ours'));
    const bot = await make({
      ...files('a stowaway'),
      'node_modules/pertybot-plugin-nice/package.json': manifest('pertybot-plugin-nice', {
        dependencies: { '@pertybot/plugin-irc': 'npm:something-else@1' },
      }),
    });
    expect(await aboutOf(bot, program)).toBe('ours');
    const nested = await make(
      files('nested', 'node_modules/pertybot-plugin-nice/node_modules/@pertybot/plugin-irc'),
    );
    expect(await aboutOf(nested, program)).toBe('ours');
  });

  it('is the bot’s where its package.json names it', async () => {
    const program = await make(files('ours'));
    const bot = await make({
      ...files('wanted'),
      'package.json': manifest('bot', { dependencies: { '@pertybot/plugin-irc': '1.2.3' } }),
    });
    expect(await aboutOf(bot, program)).toBe('wanted');
  });

  it('is not found where neither the bot nor the program has it', async () => {
    const program = await make({});
    const bot = await make(files('a stowaway'));
    await expect(aboutOf(bot, program)).rejects.toMatchObject({ code: 'PLUGIN_NOT_INSTALLED' });
  });
});
