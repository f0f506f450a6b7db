import { spawnSync } from 'node:child_process';
import { readdir, utimes } from 'node:fs/promises';
import { afterEach, expect, it } from '@jest/globals';
import { Bot } from '../../src/host.js';
import { removeLeftovers } from '../../src/store/write-file-atomically.js';
import { MemoryLogger } from '../../src/testing/index.js';
import { BotFolder } from '../bot-folder.js';

let folder: BotFolder;
afterEach(() => folder.remove());

/** Id of a process that has ended. */
const dead = spawnSync(process.execPath, ['-e', '']).pid;

const files = {
  'lamp.json': '{}',
  [`.lamp.json.${dead}-1.tmp`]: '{',
  [`.old.json.${dead}-12.tmp`]: '',
  [`.lamp.json.${process.ppid}-1.tmp`]: '{',
  [`.lamp.json.${process.pid}-7.tmp`]: '{',
  [`.lamp.json.${process.pid}-9.tmp`]: '{',
  '.lamp.json.tmp': '',
  [`lamp.json.${dead}-1.tmp`]: '',
};

const stays = [
  'lamp.json',
  `.lamp.json.${process.ppid}-1.tmp`,
  `.lamp.json.${process.pid}-9.tmp`,
  '.lamp.json.tmp',
  `lamp.json.${dead}-1.tmp`,
].sort();

const below = (prefix: string) =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [prefix + name, text]));

it('removes what dead processes left, and nothing of those that live', async () => {
  folder = await BotFolder.make(below('stores/'));
  const long = new Date('2020-01-01');
  await utimes(folder.path(`stores/.lamp.json.${process.pid}-7.tmp`), long, long);
  await removeLeftovers(folder.path('stores'));
  expect((await readdir(folder.path('stores'))).sort()).toEqual(stays);
  await removeLeftovers(folder.path('nothing'));
});

it('happens when the bot starts, not when it is looked at', async () => {
  const left = `.pertybot/stores/.lamp.json.${dead}-1.tmp`;
  folder = await BotFolder.make({ 'plugins.yaml': 'plugins: []\n', [left]: '{' });
  const bot = await Bot.load({ folder: folder.folder, env: {}, logger: new MemoryLogger() });
  expect(await readdir(folder.path('.pertybot/stores'))).toHaveLength(1);
  await bot.start();
  expect(await readdir(folder.path('.pertybot/stores'))).toEqual([]);
  await bot.stop();
});
