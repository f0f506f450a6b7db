import { readdir, rename, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { FolderPluginLoader } from '../../src/host.js';
import { KnownMirrors } from '../../src/load/known-mirrors.js';
import type { Mirror, NotePlace } from '../../src/load/mirror-note.js';
import { BotFolder } from '../bot-folder.js';

// The copy is made by a process.
jest.setTimeout(60_000);

const plugin = `import { definePlugin } from '@pertybot/core';
import { word } from './word.js';
export default definePlugin({ name: 'a', about: word });
`;

let bot: BotFolder;
let place: NotePlace;
/** Of the clock that files are stamped with: an hour ahead, when all is long written. */
let now: number;
let mirrors: KnownMirrors;

beforeEach(async () => {
  bot = await BotFolder.make({ 'a.ts': plugin, 'word.ts': "export const word: string = 'one';" });
  await new FolderPluginLoader({ folder: bot.folder }).load('./a.ts');
  const cache = bot.path('.pertybot/cache');
  const note = (await readdir(cache)).find((name) => name.endsWith('.json')) ?? '';
  place = { entry: bot.path('a.ts'), cache, note: path.join(cache, note) };
  now = Date.now() + 3_600_000;
  mirrors = new KnownMirrors(() => now);
});
afterEach(() => bot.remove());

/** Reads it, and then makes reading it fail: what is told after that was not read. */
async function readOnce(): Promise<Mirror | undefined> {
  const mirror = await mirrors.read(place);
  await writeFile(place.note, 'not read');
  return mirror;
}

describe('a mirror that was read', () => {
  it('is not read again while its files look the same', async () => {
    const mirror = await readOnce();
    expect(mirror?.files).toHaveLength(2);
    expect(await mirrors.read(place)).toBe(mirror);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['other text', () => writeFile(bot.path('word.ts'), 'export const word = 1;')],
    ['the same text anew', () => writeFile(bot.path('a.ts'), plugin)],
    ['other text of the same length and time', () => rewriteUnseen(bot.path('word.ts'))],
    ['another file in its place', () => replace(bot.path('word.ts'))],
    ['a link in its place', () => link(bot.path('word.ts'))],
    ['nothing in its place', () => rename(bot.path('word.ts'), bot.path('gone.ts'))],
    ['a copy that somebody wrote to', async () => writeFile(await copyOf('word.ts'), 'other')],
    ['a copy that is a link', async () => link(await copyOf('word.ts'))],
    ['copies behind a link', async () => link(path.dirname(await copyOf('word.ts')))],
  ])('is read again with %s', async (_, change) => {
    await readOnce();
    await change();
    expect(await mirrors.read(place)).toBeUndefined();
  });

  it('is read again where it was written moments before: what is written next may look the same', async () => {
    now = Date.now() + 1_000;
    await readOnce();
    expect(await mirrors.read(place)).toBeUndefined();
  });

  it('is no other one of the same process', async () => {
    await readOnce();
    expect(await new KnownMirrors(() => now).read(place)).toBeUndefined();
  });
});

async function copyOf(file: string): Promise<string> {
  const names = await readdir(place.cache);
  const folder = names.find((name) => /^[0-9a-f]{16}$/.test(name)) ?? '';
  return path.join(place.cache, folder, `${file}.mjs`);
}

async function rewriteUnseen(file: string): Promise<void> {
  const { atime, mtime } = await stat(file);
  await writeFile(file, "export const word: string = 'two';");
  await utimes(file, atime, mtime);
}

async function replace(file: string): Promise<void> {
  await writeFile(`${file}.new`, "export const word: string = 'one';");
  await rename(`${file}.new`, file);
}

async function link(file: string): Promise<void> {
  await rename(file, `${file}.moved`);
  await symlink(`${file}.moved`, file);
}
