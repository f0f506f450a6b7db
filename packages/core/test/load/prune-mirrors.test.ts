import { mkdir, readdir, readFile, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it, jest } from '@jest/globals';
import { Bot, FolderPluginLoader } from '../../src/host.js';
import { pruneMirrors } from '../../src/load/prune-mirrors.js';
import { MemoryLogger } from '../../src/testing/index.js';
import { BotFolder } from '../bot-folder.js';

// Each copy is made by a process.
jest.setTimeout(60_000);

let bot: BotFolder;
afterEach(() => bot.remove());

const plugin = (about: string) =>
  `import { definePlugin } from '@pertybot/core';\nexport default definePlugin({ name: 'a', about: '${about}' });\n`;
const load = async (use: string) =>
  (await new FolderPluginLoader({ folder: bot.folder }).load(use)).module;
const inCache = () => readdir(bot.path('.pertybot/cache'));

it('keeps what runs however old it is, the last of each plugin, and the newest few', async () => {
  bot = await BotFolder.make({ 'a.ts': plugin('0'), 'b.ts': plugin('b') });
  const running = await load('./a.ts');
  const other = await load('./b.ts');
  const versions: string[] = [];
  for (let version = 1; version <= 9; version++) {
    await bot.write({ 'a.ts': plugin(String(version)) });
    versions.push(await load('./a.ts'));
  }
  const nameOf = (module: string) => path.basename(path.dirname(fileURLToPath(module)));
  for (const name of await inCache()) await utimes(bot.path(`.pertybot/cache/${name}`), 0, 0);
  const [newest = ''] = versions.slice(-2);
  await utimes(bot.path(`.pertybot/cache/${nameOf(newest)}`), 9, 9);
  await mkdir(bot.path('.pertybot/cache/0123456789abcdef.77'));
  await utimes(bot.path('.pertybot/cache/0123456789abcdef.77'), 0, 0);
  await pruneMirrors(bot.folder, [running, 'not-a-file', 'file:///elsewhere/x.mjs']);
  const left = await inCache();
  const needed = [running, other, versions.at(-1) ?? '', newest].map(nameOf);
  expect(left).toEqual(expect.arrayContaining(needed));
  // Two notes, three that are needed, five of the newest.
  expect(left).toHaveLength(10);
  await pruneMirrors(bot.path('nothing'), []);
});

it('leaves a running plugin all that it may still import, through many edits of another', async () => {
  bot = await BotFolder.make({
    'plugins.yaml': 'plugins:\n  - use: ./a.ts\n  - use: ./b.ts\n',
    'a.ts': plugin('a').replace('name', "start: () => import('./late.js'), name"),
    'late.ts': 'export const late = true;',
    'b.ts': plugin('0').replace("'a'", "'b'"),
  });
  const running = await Bot.load({ folder: bot.folder, env: {}, logger: new MemoryLogger() });
  const [mirror = ''] = await mirrorsWith('late.ts.mjs');
  await utimes(mirror, 0, 0);
  for (let edit = 1; edit <= 12; edit++) {
    if (edit === 2) await running.start();
    await bot.write({ 'b.ts': plugin(String(edit)).replace("'a'", "'b'") });
    await running.reload();
  }
  expect(await readFile(path.join(mirror, 'late.ts.mjs'), 'utf8')).toContain('late');
  expect((await inCache()).length).toBeLessThan(12);
  await running.stop();
});

/** Mirrors that hold a file of that name. */
async function mirrorsWith(name: string): Promise<readonly string[]> {
  const folders = (await inCache()).map((each) => bot.path(`.pertybot/cache/${each}`));
  const has = await Promise.all(
    folders.map((folder) =>
      stat(path.join(folder, name)).then(
        () => true,
        () => false,
      ),
    ),
  );
  return folders.filter((_, index) => has[index]);
}
