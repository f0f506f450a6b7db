import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { startTimeOf, takeLock } from '@pertybot/core/host';
import type { ServiceHost } from '../../src/service/service-host.js';
import { runStop } from '../../src/stop/run-stop.js';
import { copyDemoBot, type TestFolder } from '../support/bot-folder.js';
import { runPertybot, startPertybot } from '../support/run-pertybot.js';

jest.setTimeout(60_000);

let folder: TestFolder;
beforeEach(async () => {
  folder = await copyDemoBot();
});
afterEach(() => folder.remove());

const noSystemd: ServiceHost = {
  isBooted: false,
  isRoot: false,
  canNotify: false,
  unitFolder: () => folder.file('units'),
  version: async () => 257,
  userName: async () => 'pi',
  systemctl: async () => '',
};

/** A process that holds the lock of a bot; with `deaf` it does not end at SIGTERM. */
function holdLock(...how: string[]) {
  const script = join(__dirname, '..', 'fixtures', 'hold-lock.mjs');
  return fork(script, [folder.file('.pertybot'), ...how], { execArgv: [] });
}

describe('pertybot stop', () => {
  it('stops the bot of the folder as Ctrl-C would, and waits until it has ended', async () => {
    const bot = startPertybot(['dev', '--json'], { folder: folder.path });
    let told = '';
    const ready = new Promise<void>((resolve) => {
      bot.stdout?.on('data', (part) => {
        told += part;
        if (told.includes('"type":"ready"')) resolve();
      });
    });
    const exit = once(bot, 'exit');
    await ready;
    const stop = await runPertybot(['stop'], { folder: folder.path });
    expect(stop).toEqual({
      code: 0,
      stderr: '',
      stdout: `Stopped pertybot dev, process ${bot.pid}; every pin is off.\n`,
    });
    expect(await exit).toEqual([0, null]);
    expect(told).toContain('"type":"stopped"');
    const again = await runPertybot(['stop', '--json'], { folder: folder.path });
    expect(again).toMatchObject({ code: 1, stderr: '' });
    expect(JSON.parse(again.stdout)).toMatchObject({ ok: false, code: 'CLI_BOT_NOT_RUNNING' });
  });

  it('sends nothing to a process that is not proved to be the bot', async () => {
    const holder = holdLock();
    const stranger = spawn('sleep', ['60']);
    try {
      await Promise.all([once(holder, 'message'), once(stranger, 'spawn')]);
      const pid = stranger.pid ?? 0;
      const named = {
        pid,
        startTime: startTimeOf(pid),
        command: 'pertybot start',
        since: new Date().toISOString(),
      };
      await writeFile(folder.file('.pertybot/bot.lock'), `${JSON.stringify(named)}\n`);
      await expect(
        runStop(folder.path, { host: noSystemd, print: () => {} }),
      ).rejects.toMatchObject({
        code: 'CLI_BOT_REFUSED',
        message: `Process ${pid} was sent nothing: it does not listen to that signal.`,
      });
      expect(stranger.signalCode).toBeNull();
    } finally {
      stranger.kill('SIGKILL');
      holder.kill('SIGKILL');
    }
  });

  it('says how to end one that does not end', async () => {
    const child = holdLock('deaf');
    try {
      await once(child, 'message');
      const stopping = runStop(folder.path, { host: noSystemd, limit: 200, print: () => {} });
      await expect(stopping).rejects.toMatchObject({
        code: 'CLI_BOT_SILENT',
        hint: expect.stringContaining(`kill -9 ${child.pid}`),
      });
    } finally {
      child.kill('SIGKILL');
    }
  });

  it('leaves a service to systemd', async () => {
    const { BotService } = await import('../../src/service/bot-service.js');
    const host: ServiceHost = {
      ...noSystemd,
      isBooted: true,
      isRoot: true,
      systemctl: async (_, words) =>
        words[0] === 'show' ? `ActiveState=active\nMainPID=${process.pid}\n` : '',
    };
    await new BotService(folder.path, 'system', host).install();
    const lock = await takeLock(folder.file('.pertybot'), 'bot', { command: 'pertybot start' });
    await expect(runStop(folder.path, { host, print: () => {} })).rejects.toMatchObject({
      code: 'CLI_BOT_IS_SERVICE',
      hint: 'Run: pertybot service stop',
    });
    await lock?.release();
  });
});
