import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  findControlAddress,
  makeControlAddress,
  removeControlAddress,
} from '../../src/control/control-address.js';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';

let folder: TestFolder;
let server: Server | undefined;
const runtime = process.env.XDG_RUNTIME_DIR;
beforeEach(async () => {
  folder = await makeBotFolder({});
  process.env.XDG_RUNTIME_DIR = folder.path;
});
afterEach(async () => {
  if (runtime === undefined) delete process.env.XDG_RUNTIME_DIR;
  else process.env.XDG_RUNTIME_DIR = runtime;
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  server = undefined;
  await folder.remove();
});

async function listenAt(address: string): Promise<void> {
  const listening = createServer((socket) => socket.end());
  server = listening;
  await new Promise<void>((resolve) => listening.listen(address, resolve));
}

async function deepFolder(): Promise<string> {
  const deep = folder.file('deep/'.repeat(20));
  await mkdir(deep, { recursive: true });
  return deep;
}

describe('makeControlAddress', () => {
  it('takes the state folder, and what a dead bot left there goes', async () => {
    await writeFile(folder.file('control.sock'), '');
    expect(await makeControlAddress(folder.path)).toBe(folder.file('control.sock'));
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('leaves a socket at which somebody listens', async () => {
    await listenAt(folder.file('control.sock'));
    await expect(makeControlAddress(folder.path)).rejects.toMatchObject({ code: 'CLI_BOT_RUNS' });
    expect(await readdir(folder.path)).toEqual(['control.sock']);
  });

  it('takes a folder of its own where the path would be too long, notes it, and removes it', async () => {
    const deep = await deepFolder();
    const first = await makeControlAddress(deep);
    expect(dirname(dirname(first))).toBe(folder.path);
    expect((await stat(dirname(first))).mode & 0o777).toBe(0o700);
    expect((await stat(join(deep, 'control.path'))).mode & 0o777).toBe(0o600);
    expect(await readFile(join(deep, 'control.path'), 'utf8')).toBe(first);
    expect(await findControlAddress(deep)).toBe(first);
    // The bot was killed: its folder goes when the next one starts.
    const second = await makeControlAddress(deep);
    expect((await readdir(folder.path)).sort()).toEqual([
      'deep',
      dirname(second).slice(folder.path.length + 1),
    ]);
    await removeControlAddress(second);
    expect(await readdir(folder.path)).toEqual(['deep']);
  });

  it('does without an XDG_RUNTIME_DIR that is too long, or not there', async () => {
    const deep = await deepFolder();
    for (const runtimeFolder of [deep, folder.file('missing')]) {
      process.env.XDG_RUNTIME_DIR = runtimeFolder;
      const address = await makeControlAddress(deep);
      expect(address.startsWith(runtimeFolder)).toBe(false);
      await removeControlAddress(address);
    }
  });
});
