import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { driveAt, levelAt } from './header-bench.js';
import { kernelTime } from './kernel-log.js';
import { moderator, TrueBot, type TrueBotOptions, viewer } from './true-bot.js';
import { timesOf, untilLevel } from './watch-pin.js';

const lamp = 17;
const button = 6;
const owner = 1_000;

const gpio = { gadgets: { lamp: { type: 'light', pin: lamp } } };
const options: TrueBotOptions = { driver: 'chardev', gpio };

/** How soon a bot sees that its folder changed, with room to spare, milliseconds. */
const sight = 2_500;

let bot: TrueBot;

/** Says `!lamp on`, and whether anything came of it. */
async function lights(): Promise<boolean> {
  const since = kernelTime();
  bot.chat('!lamp on', viewer);
  await bot.heard();
  return timesOf(lamp, 1, since).length > 0;
}

async function estop(): Promise<void> {
  bot.chat('!lamp on', viewer);
  await untilLevel(lamp, 1);
  bot.chat('!estop', moderator);
  await untilLevel(lamp, 0);
}

async function restart(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  bot.signal(signal);
  await bot.ended();
  await bot.run();
}

const mount = (...words: string[]) => execFileSync('mount', words);

describe('an emergency stop', () => {
  afterEach(async () => {
    await bot.group.kill();
    while (isMounted()) execFileSync('umount', ['-l', bot.path('.pertybot')]);
    await bot.remove();
  });

  const isMounted = () => {
    try {
      execFileSync('mountpoint', ['-q', bot.path('.pertybot')]);
      return true;
    } catch {
      return false;
    }
  };

  it('holds while its latch cannot be read', async () => {
    for (const chip of readdirSync('/dev').filter((name) => name.startsWith('gpiochip'))) {
      chmodSync(`/dev/${chip}`, 0o666);
    }
    bot = await TrueBot.prepare({ ...options, uid: owner });
    for (const file of ['.', '.env', 'plugins.yaml']) chownSync(bot.path(file), owner, owner);
    await bot.run();
    await estop();
    chmodSync(bot.path('.pertybot'), 0);
    await sleep(sight);
    expect(await lights()).toBe(false);
    chmodSync(bot.path('.pertybot'), 0o700);
    await sleep(sight);
    expect(await lights()).toBe(false);
  });

  it('holds when the disk with its latch goes away', async () => {
    bot = await TrueBot.prepare(options);
    mkdirSync(bot.path('.pertybot'), { mode: 0o700 });
    mount('-t', 'tmpfs', '-o', 'mode=700', 'disk', bot.path('.pertybot'));
    await bot.run();
    await estop();
    execFileSync('umount', ['-l', bot.path('.pertybot')]);
    await sleep(sight);
    expect(await lights()).toBe(false);
  });

  it('holds on a full disk through an edit, and once there is room through a restart', async () => {
    bot = await TrueBot.prepare(options);
    mkdirSync(bot.path('.pertybot'), { mode: 0o700 });
    mount('-t', 'tmpfs', '-o', 'mode=700,size=256k', 'disk', bot.path('.pertybot'));
    await bot.run();
    fill();
    await estop();
    const from = bot.log.length;
    bot.edit({ gadgets: { lamp: { type: 'light', pin: lamp, about: 'My lamp' } } });
    await bot.logged('Reloaded', from);
    expect(await lights()).toBe(false);
    execFileSync('rm', [bot.path('.pertybot/filler')]);
    await sleep(6_000);
    await restart('SIGKILL');
    expect(await lights()).toBe(false);
  });

  it.each([
    ['torn', '{"by":"mo'],
    ['empty', ''],
  ])('holds over a restart with a %s latch', async (_, text) => {
    bot = await TrueBot.start(options);
    await estop();
    bot.write('.pertybot/estop.json', text);
    await sleep(sight);
    expect(await lights()).toBe(false);
    await restart('SIGTERM');
    expect(await lights()).toBe(false);
    expect((await bot.pertybot('estop', '--release')).code).toBe(0);
    expect(await lights()).toBe(true);
  });

  /** Leaves no byte of room. */
  function fill(): void {
    const block = Buffer.alloc(4_096);
    try {
      for (;;) writeFileSync(bot.path('.pertybot/filler'), block, { flag: 'a' });
    } catch {
      // The disk is full.
    }
  }
});

describe.each(['chardev', 'onoff'] as const)(
  'a stop button that is not at rest at the start, on %s',
  (driver) => {
    afterEach(async () => {
      await bot.remove();
    });

    it.each([
      ['pressed', true, 0],
      ['normally closed, its wire broken', false, 1],
    ] as const)('stops everything: %s', async (_, activeLow, level) => {
      driveAt(button, level);
      const panic = { type: 'button', pin: button, pull: 'none', activeLow, estop: true };
      const gadgets = { ...gpio.gadgets, panic };
      bot = await TrueBot.start({ driver, gpio: { gadgets } });
      expect(await lights()).toBe(false);
      expect(levelAt(lamp)).toBe(0);
    });
  },
);
