import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { botLockHolder, takeBotLock } from '../../src/bot-process/bot-lock.js';

let folder = '';
let stateFolder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lock-'));
  stateFolder = join(folder, '.pertybot');
});
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 9 }));

describe('takeBotLock', () => {
  it('lets one process in, and tells the next who that is', async () => {
    const lock = await takeBotLock(stateFolder, 'pertybot start');
    await expect(takeBotLock(stateFolder, 'pertybot start')).rejects.toMatchObject({
      code: 'CLI_BOT_RUNS',
      message: expect.stringContaining(
        `The bot in "${folder}" already runs as process ${process.pid} ("pertybot start"`,
      ),
      hint: `Stop it first: kill ${process.pid}`,
    });
    expect(await botLockHolder(folder)).toMatchObject({ pid: process.pid });
    await lock.release();
    expect(await botLockHolder(folder)).toBeUndefined();
  });

  it('lets plugins be changed while the bot runs, by one process', async () => {
    const lock = await takeBotLock(stateFolder, 'pertybot start');
    const change = await takeBotLock(stateFolder, 'pertybot plugins add', 'plugins');
    await expect(takeBotLock(stateFolder, 'pertybot plugins add', 'plugins')).rejects.toMatchObject(
      {
        message: expect.stringContaining(`The plugins of "${folder}" are being changed by process`),
      },
    );
    await Promise.all([lock.release(), change.release()]);
  });

  it('is free as soon as its process is killed', async () => {
    const child = fork(join(__dirname, '..', 'fixtures', 'hold-lock.mjs'), [stateFolder], {
      execArgv: [],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    await once(child, 'message');
    expect(await botLockHolder(folder)).toMatchObject({ pid: child.pid, command: 'fixture' });
    child.kill('SIGKILL');
    await once(child, 'exit');
    const lock = await takeBotLock(stateFolder, 'next');
    await lock.release();
  });

  it('says what keeps it from the folder', async () => {
    await writeFile(stateFolder, '');
    await expect(takeBotLock(stateFolder, 'pertybot start')).rejects.toMatchObject({
      code: 'CLI_FOLDER_LOCKED',
    });
  });
});
