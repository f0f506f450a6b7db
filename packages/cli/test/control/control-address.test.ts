import { chmod, chown, mkdir, mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  findControlAddress,
  fitsSocket,
  makeControlAddress,
  pipeName,
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
  await close();
  await folder.remove();
});

async function close(): Promise<void> {
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  server = undefined;
}

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
    const { path } = await makeControlAddress(folder.path);
    expect(path).toBe(folder.file('control.sock'));
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('leaves a socket at which somebody listens', async () => {
    await listenAt(folder.file('control.sock'));
    await expect(makeControlAddress(folder.path)).rejects.toMatchObject({ code: 'CLI_BOT_RUNS' });
    expect(await readdir(folder.path)).toEqual(['control.sock']);
  });

  it('takes a folder of its own where the path would be too long, notes it, and removes both', async () => {
    const deep = await deepFolder();
    const first = await makeControlAddress(deep);
    expect(dirname(dirname(first.path))).toBe(folder.path);
    expect((await stat(dirname(first.path))).mode & 0o777).toBe(0o700);
    expect((await stat(join(deep, 'control.path'))).mode & 0o777).toBe(0o600);
    expect(await readFile(join(deep, 'control.path'), 'utf8')).toBe(first.path);
    expect(await findControlAddress(deep)).toBeUndefined();
    await listenAt(first.path);
    expect(await findControlAddress(deep)).toBe(first.path);
    await close();
    // The bot was killed: the next one takes its folder.
    const second = await makeControlAddress(deep);
    expect(second.path).toBe(first.path);
    await second.remove();
    expect(await readdir(folder.path)).toEqual(['deep']);
    expect(await readdir(deep)).toEqual([]);
  });

  it('does without an XDG_RUNTIME_DIR that is too long, or not there', async () => {
    const deep = await deepFolder();
    for (const runtimeFolder of [deep, folder.file('missing')]) {
      process.env.XDG_RUNTIME_DIR = runtimeFolder;
      const address = await makeControlAddress(deep);
      expect(address.path.startsWith(runtimeFolder)).toBe(false);
      await address.remove();
    }
  });

  it('deletes nothing that a note names, but an old socket in a folder of its own', async () => {
    const deep = await deepFolder();
    const other = await mkdtemp(folder.file('pertybot-'));
    await writeFile(join(other, 'diary.txt'), 'dear diary');
    await writeFile(join(deep, 'control.path'), join(other, 'diary.txt'));
    const first = await makeControlAddress(deep);
    await first.remove();
    expect(await readdir(other)).toEqual(['diary.txt']);
    await writeFile(join(deep, 'control.path'), join(other, 'control.sock'));
    const second = await makeControlAddress(deep);
    expect(second.path).toBe(join(other, 'control.sock'));
    await second.remove();
    expect(await readdir(other)).toEqual(['diary.txt']);
  });
});

describe('findControlAddress', () => {
  async function noted(): Promise<string> {
    const deep = await deepFolder();
    const place = await mkdtemp(folder.file('pertybot-'));
    await writeFile(join(deep, 'control.path'), join(place, 'control.sock'));
    await listenAt(join(place, 'control.sock'));
    return deep;
  }

  it('believes a note of a folder that is its owner’s alone', async () => {
    const deep = await noted();
    expect(await findControlAddress(deep)).toMatch(/pertybot-\w{6}\/control\.sock$/);
  });

  it('does not believe one of a folder into which others may write', async () => {
    const deep = await noted();
    await chmod(dirname(await readFile(join(deep, 'control.path'), 'utf8')), 0o777);
    expect(await findControlAddress(deep)).toBeUndefined();
  });

  it('does not believe a note that is no path, or endless', async () => {
    const deep = await deepFolder();
    for (const text of ['control.sock', '../control.sock', '/dev/null', 'x'.repeat(100_000)]) {
      await writeFile(join(deep, 'control.path'), text);
      expect(await findControlAddress(deep)).toBeUndefined();
    }
  });

  const itIsRoot = process.getuid?.() === 0 ? it : it.skip;

  itIsRoot('does not believe the folder and the socket of another user', async () => {
    const deep = await noted();
    const address = await readFile(join(deep, 'control.path'), 'utf8');
    await chown(deep, 1_000, 1_000);
    expect(await findControlAddress(deep)).toBeUndefined();
    await chown(dirname(address), 1_001, 1_001);
    await chown(address, 1_001, 1_001);
    expect(await findControlAddress(deep)).toBeUndefined();
    await close();
    await listenAt(folder.file('control.sock'));
    await chown(folder.file('control.sock'), 1_001, 1_001);
    expect(await findControlAddress(folder.path)).toBeUndefined();
  });
});

describe('pipeName', () => {
  it('is that of a named pipe of Windows', () => {
    expect(pipeName('bot')).toBe('\\\\.\\pipe\\bot');
  });
});

describe('fitsSocket', () => {
  it('counts bytes', () => {
    expect(fitsSocket('a'.repeat(100))).toBe(true);
    expect(fitsSocket('a'.repeat(101))).toBe(false);
    expect(fitsSocket('ä'.repeat(51))).toBe(false);
  });
});
