import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BotLock } from '../src/bot-lock.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lock-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('BotLock', () => {
  it('lets one process in, and tells the next who that is', async () => {
    const lock = await BotLock.take(folder, 'pertybot start');
    await expect(BotLock.take(folder, 'pertybot start')).rejects.toMatchObject({
      code: 'CLI_BOT_RUNS',
      message: expect.stringContaining(`process ${process.pid} ("pertybot start"`),
      hint: `Stop it first: kill ${process.pid}`,
    });
    expect(await BotLock.holderOf(folder)).toMatchObject({ pid: process.pid });
    await lock.release();
  });

  it('is free again after its release', async () => {
    await (await BotLock.take(folder, 'one')).release();
    expect(await BotLock.holderOf(folder)).toBeUndefined();
    const lock = await BotLock.take(folder, 'two');
    await lock.release();
  });

  it('keeps folders apart', async () => {
    const other = await mkdtemp(join(tmpdir(), 'lock-'));
    const locks = [await BotLock.take(folder, 'a'), await BotLock.take(other, 'b')];
    await Promise.all(locks.map((lock) => lock.release()));
    await rm(other, { recursive: true });
  });

  it('is free as soon as its process is killed', async () => {
    const child = fork(join(__dirname, 'fixtures', 'hold-lock.mjs'), [folder], {
      execArgv: [],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    await once(child, 'message');
    expect(await BotLock.holderOf(folder)).toMatchObject({ pid: child.pid });
    child.kill('SIGKILL');
    await once(child, 'exit');
    const lock = await BotLock.take(folder, 'next');
    await lock.release();
  });
});
