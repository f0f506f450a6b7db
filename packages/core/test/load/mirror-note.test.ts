import {
  chmod,
  cp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { FolderPluginLoader } from '../../src/host.js';
import { BotFolder } from '../bot-folder.js';

// Each copy is made by a process.
jest.setTimeout(60_000);

let bot: BotFolder;

const plugin = `import { definePlugin } from '@pertybot/core';
import { word } from './lib/word.js';
export default definePlugin({ name: 'a', about: word });
`;

beforeEach(async () => {
  bot = await BotFolder.make({
    'a.ts': plugin,
    'lib/word.ts': "export const word: string = 'honest';",
  });
});
afterEach(() => bot.remove());

const load = () => new FolderPluginLoader({ folder: bot.folder }).load('./a.ts');

/** The copies of the plugin, which are where the last load says. */
async function copies() {
  const main = fileURLToPath((await load()).module);
  const cache = bot.path('.pertybot/cache');
  const note = (await readdir(cache)).find((name) => name.endsWith('.json')) ?? '';
  return {
    main,
    word: path.join(path.dirname(main), 'lib/word.ts.mjs'),
    note: path.join(cache, note),
  };
}

describe('the copy of a local plugin', () => {
  it('is made again when it is not what was made', async () => {
    const { word } = await copies();
    const right = await readFile(word, 'utf8');
    for (const spoil of [
      () => writeFile(word, right.replace('honest', 'forged')),
      () => truncate(word),
      () => rm(word),
    ]) {
      await spoil();
      await load();
      expect(await readFile(word, 'utf8')).toBe(right);
    }
  });

  it('is never taken from elsewhere, whatever the note says', async () => {
    const { main, note } = await copies();
    await bot.write({ 'elsewhere.mjs': 'throw new Error("not the plugin");' });
    const text = await readFile(note, 'utf8');
    await writeFile(note, text.replaceAll(main, bot.path('elsewhere.mjs')));
    expect(fileURLToPath((await load()).module)).toBe(main);
  });

  it('is no link to what may change behind it', async () => {
    const { word, main } = await copies();
    const mirror = path.dirname(main);
    await rename(word, bot.path('moved.mjs'));
    await symlink(bot.path('moved.mjs'), word);
    await load();
    expect((await readdir(path.dirname(word), { withFileTypes: true }))[0]?.isFile()).toBe(true);
    await rename(mirror, bot.path('moved'));
    await symlink(bot.path('moved'), mirror);
    await load();
    const [entry] = (await readdir(path.dirname(mirror), { withFileTypes: true })).filter(
      ({ name }) => name === path.basename(mirror),
    );
    expect(entry?.isDirectory()).toBe(true);
  });

  it('that came with a folder from elsewhere is made again, note and all', async () => {
    const { word, note } = await copies();
    const other = await BotFolder.make();
    const forged = (await readFile(word, 'utf8')).replace('honest', 'forged');
    // A stranger who knows how notes are written packs one that fits what they changed.
    const { createHash } = await import('node:crypto');
    const hashOf = (content: string) => createHash('sha256').update(content).digest('hex');
    const right = await readFile(word, 'utf8');
    const text = (await readFile(note, 'utf8')).replace(hashOf(right), hashOf(forged));
    await writeFile(word, forged);
    await writeFile(note, text);
    await cp(bot.path('.pertybot'), other.path('.pertybot'), { recursive: true });
    await rm(bot.path('.pertybot'), { recursive: true, maxRetries: 9 });
    await cp(other.path('.pertybot'), bot.path('.pertybot'), { recursive: true });
    await other.remove();
    await load();
    expect(await readFile(word, 'utf8')).toBe(right);
  });

  it('is not made again when nothing changed', async () => {
    const { note } = await copies();
    const before = await readFile(note, 'utf8');
    await load();
    expect(await readFile(note, 'utf8')).toBe(before);
  });
});

it('looks once for all plugins of a composition whether the state folder is the own one', async () => {
  const modeOf = async () => (await stat(bot.path('.pertybot/cache'))).mode & 0o777;
  await bot.write({ 'b.ts': plugin });
  await load();
  const loader = new FolderPluginLoader({ folder: bot.folder });
  await loader.load('./a.ts');
  await chmod(bot.path('.pertybot/cache'), 0o755);
  await loader.load('./b.ts');
  expect(await modeOf()).toBe(0o755);
  // The next composition closes again what others may read.
  await load();
  expect(await modeOf()).toBe(0o700);
});
