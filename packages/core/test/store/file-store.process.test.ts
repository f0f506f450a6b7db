import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FileStore } from '../../src/store/file-store.js';
import { MemoryLogger } from '../../src/testing/index.js';
import { BotFolder } from '../bot-folder.js';

let folder: BotFolder;
let logger: MemoryLogger;

beforeEach(async () => {
  folder = await BotFolder.make();
  logger = new MemoryLogger();
});

afterEach(() => folder.remove());

const file = () => folder.path('stores/lamp.json');
const open = (at = file()) => new FileStore(at, logger);

describe('a store of a process that is killed', () => {
  it('has all that it promised after a kill -9', async () => {
    const script = fileURLToPath(new URL('../fixtures/write-store.mjs', import.meta.url));
    for (let round = 0; round < 4; round++) {
      const child = spawn(process.execPath, [script, file()], {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { ...process.env, NODE_OPTIONS: '' },
      });
      let output = '';
      child.stdout.setEncoding('utf8');
      const enough = new Promise<void>((resolve) => {
        child.stdout.on('data', (text: string) => {
          output += text;
          if (output.split('\n').length > 8 + round * 3) resolve();
        });
      });
      const closed = once(child, 'close');
      await enough;
      child.kill('SIGKILL');
      await closed;
      const promised = Number(output.trim().split('\n').at(-1));
      const value = await open().get('value');
      const count = typeof value === 'object' && value && 'count' in value ? value.count : 0;
      expect(Number(count) - promised).toBeGreaterThanOrEqual(0);
      expect(Number(count) - promised).toBeLessThanOrEqual(1);
    }
    expect(logger.lines).toEqual([]);
  }, 20_000);
});

describe('a file that a plugin has written while it is tried', () => {
  it('is there, though Node’s permission model lets nobody sync', async () => {
    const script = fileURLToPath(new URL('../fixtures/write-confined.mjs', import.meta.url));
    const permission = ['--permission', '--experimental-permission'].find((flag) =>
      process.allowedNodeEnvironmentFlags.has(flag),
    );
    const words = [`${permission}`, '--allow-fs-read=*', `--allow-fs-write=${folder.folder}/*`];
    const child = spawn(process.execPath, [...words, '--no-warnings', script, folder.folder], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(await readFile(folder.path('later.txt'), 'utf8')).toBe('later');
    expect(await readFile(folder.path('at-once.txt'), 'utf8')).toBe('at once');
  }, 20_000);
});
