import { mkdir, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EstopLatch } from '@pertybot/plugin-gpio';
import { takeBotLock } from '../../src/bot-process/bot-lock.js';
import type { BotStatusReport } from '../../src/control/control-protocol.js';
import type { ControlServer } from '../../src/control/control-server.js';
import { checkBot, checkNodes } from '../../src/doctor/bot-checks.js';
import { checkPlugins } from '../../src/doctor/folder-checks.js';
import { readEngagedStop } from '../../src/status/engaged-stop.js';
import { readStatus } from '../../src/status/show-status.js';
import { makeBotFolder, type TestFolder } from '../support/bot-folder.js';
import { hostile, movesTheCursor } from '../support/hostile.js';
import { answerAsBot, outputReport, statusReport } from '../support/running-bot.js';

let folder: TestFolder;
let server: ControlServer | undefined;
let lock: Awaited<ReturnType<typeof takeBotLock>> | undefined;
beforeEach(async () => {
  folder = await makeBotFolder({ 'plugins.yaml': 'plugins: []\n' });
});
afterEach(async () => {
  await server?.stop();
  await lock?.release();
  server = undefined;
  lock = undefined;
  await folder.remove();
});

async function look(more: Partial<BotStatusReport> = {}) {
  lock = await takeBotLock(folder.file('.pertybot'), 'pertybot start');
  server = await answerAsBot(folder, { status: statusReport({ pid: process.pid, ...more }) });
  return checkBot(folder.path);
}

const plugin = { use: '', about: '', commands: [] };

describe('a bot that does not run', () => {
  it('is no fault', async () => {
    const quiet = [{ level: 'info', subject: 'bot', message: 'It does not run.' }];
    expect(await checkBot(folder.path)).toEqual(quiet);
    expect(await checkBot(folder.file('nowhere'))).toEqual(quiet);
  });

  it('is warned of a stop that the next one would begin with', async () => {
    const state = folder.file('.pertybot');
    await mkdir(state, { mode: 0o700 });
    new EstopLatch(state).write({ by: '@alice', at: '2026-01-01T00:00:00Z' });
    expect(readEngagedStop(folder.path)).toContain('is engaged, by @alice at 2026-01-01');
    expect(await checkBot(folder.path)).toMatchObject([
      { level: 'info' },
      { level: 'warning', message: expect.stringContaining('pertybot estop --release') },
    ]);
    expect((await readStatus(folder.path)).estop).toContain('@alice');
  });

  it('is told without what a stopper’s name would do to the terminal', async () => {
    const state = folder.file('.pertybot');
    await mkdir(state, { mode: 0o700 });
    new EstopLatch(state).write({ by: hostile, at: hostile });
    expect(readEngagedStop(folder.path)).not.toMatch(movesTheCursor);
  });
});

describe('a bot that runs', () => {
  it('is fine where all of it is', async () => {
    expect(await look({ channels: [{ channel: 'alice', joined: true }] })).toEqual([
      {
        ...{ level: 'ok', subject: 'bot' },
        message: `It runs as process ${process.pid} ("pertybot start").`,
      },
      { level: 'ok', subject: 'bot', message: 'It sits in #alice.' },
    ]);
  });

  it('is warned of a channel in which it does not sit', async () => {
    expect((await look({ channels: [{ channel: 'foe', joined: false }] }))[1]).toMatchObject({
      ...{
        level: 'warning',
        message: 'It is not in #foe.',
        hint: expect.stringContaining('banned'),
      },
    });
  });

  it('is wrong where a plugin failed, and only waits where one waits', async () => {
    const plugins = [
      { ...plugin, id: 'gpio', state: 'running' },
      { ...plugin, id: 'old', state: 'disabled' },
      { ...plugin, id: 'dice', state: 'failed', detail: 'no luck' },
      { ...plugin, id: 'irc', state: 'waiting', detail: 'login' },
      { ...plugin, id: 'fan', state: 'waiting', detail: 'needs Gpio' },
      { ...plugin, id: 'odd', state: 'waiting' },
    ];
    expect((await look({ plugins })).slice(1)).toMatchObject([
      {
        ...{ level: 'error', message: 'The plugin "dice" failed: no luck' },
        hint: expect.stringContaining('pertybot plugins restart dice'),
      },
      { level: 'warning', message: 'The plugin "irc" waits: login.', hint: 'Run: pertybot login' },
      { level: 'warning', message: 'The plugin "fan" waits: needs Gpio.' },
      { level: 'warning', message: 'The plugin "odd" waits: waiting.' },
    ]);
  });

  it('is wrong where an output may be on, or has no guardian', async () => {
    const outputs = [
      outputReport('lamp', { fault: 'EIO' }),
      outputReport('fan', { unguarded: true }),
      outputReport('horn'),
    ];
    expect((await look({ outputs })).slice(1)).toMatchObject([
      { level: 'error', hint: expect.stringContaining('Unplug') },
      { level: 'error', hint: expect.stringContaining('tried again by itself') },
    ]);
  });

  it('is warned of what viewers cannot redeem, each reason once', async () => {
    const reward = {
      ...{
        title: 'A',
        cost: 1,
        channel: 'c',
        plugin: 'p',
        runs: 'x',
        redemptions: 0,
        underWay: [],
      },
    };
    const rewards = [
      { ...reward, name: 'a', state: 'missing' as const, why: 'No scope.', hint: 'Log in.' },
      { ...reward, name: 'b', state: 'missing' as const, why: 'No scope.', hint: 'Log in.' },
      { ...reward, name: 'c', state: 'missing' as const },
      { ...reward, name: 'd', state: 'paused' as const, why: 'The stream is offline.' },
    ];
    expect((await look({ rewards })).slice(1)).toEqual([
      { level: 'warning', subject: 'rewards', message: 'No scope.', hint: 'Log in.' },
      { level: 'warning', subject: 'rewards', message: 'A reward is missing.' },
    ]);
  });

  it('is warned of where it says nothing sensible', async () => {
    lock = await takeBotLock(folder.file('.pertybot'), 'pertybot start');
    server = await answerAsBot(folder, { status: 'hello' });
    expect(await checkBot(folder.path)).toMatchObject([
      { level: 'warning', message: expect.stringContaining('makes no sense') },
    ]);
  });

  it('is warned of where it holds its lock and answers nobody', async () => {
    lock = await takeBotLock(folder.file('.pertybot'), 'pertybot start');
    expect(await checkBot(folder.path)).toMatchObject([
      { level: 'warning', hint: 'Restart it if that lasts.' },
    ]);
  });
});

describe('machines with gadgets', () => {
  it('are fine with how many gadgets they have, and how soon they answer', () => {
    const here = { name: 'garage', state: 'here', gadgets: ['lamp'] };
    expect(checkNodes([here, { ...here, gadgets: [], roundTrip: 3.2 }])).toMatchObject([
      { level: 'ok', message: '"garage" is there with one gadget.' },
      { level: 'ok', message: '"garage" is there with 0 gadgets, and answers in 4 ms.' },
    ]);
    expect(checkNodes(undefined)).toEqual([]);
  });

  it('are wrong with why and what to do, or with where to look', () => {
    const away = { name: 'shed', state: 'gone', gadgets: [] };
    expect(checkNodes([away, { ...away, problem: 'No word.', hint: 'Look.' }])).toMatchObject([
      { level: 'error', message: '"shed" is gone.', hint: expect.stringContaining('on "shed"') },
      { level: 'error', message: 'No word.', hint: 'Look.' },
    ]);
  });
});

describe('plugins.yaml', () => {
  const check = async (text: string) => {
    await writeFile(folder.file('plugins.yaml'), text);
    return checkPlugins(folder.path);
  };

  it('is fine with its plugins, or without any', async () => {
    expect(await check('plugins: []\n')).toMatchObject([
      { level: 'ok', message: 'plugins.yaml is fine: no plugins.' },
    ]);
  });

  it('is wrong at each place, with what mends it', async () => {
    expect(await check('plugins: []\nprefx: "!"\n')).toMatchObject([
      {
        ...{ level: 'error', subject: 'plugins.yaml' },
        message: expect.stringMatching(/^plugins\.yaml:2:\d+ /),
        hint: expect.stringContaining('prefix'),
      },
    ]);
  });

  it('is wrong where there is none', async () => {
    expect(await checkPlugins(folder.file('nowhere'))).toMatchObject([
      { level: 'error', message: expect.stringContaining('plugins.yaml') },
    ]);
  });
});
