import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { driveAt, levelAt } from './header-bench.js';
import { kernelTime, pinEvents } from './kernel-log.js';
import { broadcaster, moderator, type Person, TrueBot, viewer } from './true-bot.js';
import { timesOf, until, untilLevel } from './watch-pin.js';

const lamp = 17;
const fan = 27;
const vote = 22;
const arm = 23;
const leg = 12;
const head = 13;
const siren = 24;
const button = 6;

/** How soon a stop must have switched off, milliseconds. */
const atOnce = 100;

const other: Person = { login: 'otto', roles: ['moderator'] };

const plugins = {
  'busy.mjs': `import { definePlugin } from '@pertybot/core';
export default definePlugin({
  name: 'busy',
  start({ command }) {
    command('hang', {}, () => new Promise(() => {}));
  },
});
`,
  'siren.mjs': `import { definePlugin } from '@pertybot/core';
import { defineGadget, Gadgets, outputEntries, limitsOf, pinName, verb } from '@pertybot/plugin-gpio';
const siren = defineGadget({
  type: 'siren',
  about: 'A siren that hears nothing',
  entries: { pin: pinName(), ...outputEntries },
  async create({ output }, config) {
    const horn = await output(config.pin, { kind: 'relay', ...limitsOf(config) });
    return {
      get state() {
        return horn.state;
      },
      verbs: {
        howl: verb({
          about: 'Howls',
          async run() {
            await horn.on();
            await new Promise((resolve) => setTimeout(resolve, 20_000));
          },
        }),
        off: verb({ about: 'Ends', urgent: true, run: () => horn.off() }),
      },
    };
  },
});
export default definePlugin({
  name: 'sirens',
  needs: { gadgets: Gadgets },
  start: ({ gadgets }) => gadgets.define(siren),
});
`,
  'unlock.mjs': `import * as core from '@pertybot/core';
import * as gpio from '@pertybot/plugin-gpio';
const EmergencyStop = core.EmergencyStop ?? gpio.EmergencyStop;
export default core.definePlugin({
  name: 'unlock',
  needs: { stop: EmergencyStop },
  start({ command, stop }) {
    command('unlock', {}, () => stop.release());
  },
});
`,
};

const gpio = {
  gadgets: {
    lamp: { type: 'light', pin: lamp },
    fan: { type: 'relay', pin: fan },
    star: { type: 'light', pin: vote, crowd: 'vote(1500ms)' },
    arm: { type: 'relay', pin: arm, crowd: 'first(20s)' },
    leg: { type: 'relay', pin: leg, crowd: 'first(20s)' },
    head: { type: 'relay', pin: head, crowd: 'first(20s)' },
    alarm: { type: 'siren', pin: siren },
    bell: {
      type: 'button',
      pin: button,
      pull: 'none',
      activeLow: true,
      run: ['wait 1500ms', 'lamp on'],
    },
  },
  on: { raid: ['wait 1500ms', 'fan on'] },
};

let bot: TrueBot;

/** Somebody says something, and the pin goes on. */
async function switchOn(line: string, pin: number, as?: Person): Promise<void> {
  bot.chat(line, as);
  await untilLevel(pin, 1);
}

/** What was said at once, and how long it took until the pin was off. */
async function timeToOff(line: string, pin: number, as: Person): Promise<number> {
  const since = kernelTime();
  bot.chat(line, as);
  return untilLevel(pin, 0, { since });
}

async function release(): Promise<void> {
  expect((await bot.pertybot('estop', '--release')).code).toBe(0);
}

describe('a stop in a running bot', () => {
  beforeAll(async () => {
    driveAt(button, 1);
    bot = await TrueBot.start({ driver: 'chardev', gpio, plugins, rate: 'normal' });
  });
  afterAll(() => bot.remove());

  it('passes the replies that its moderator still waits for', async () => {
    await switchOn('!lamp on', lamp, other);
    await switchOn('!fan on', fan, other);
    for (let count = 0; count < 32; count += 1) {
      bot.chat('!hello', moderator);
      bot.chat('!hello', viewer);
      await sleep(20);
    }
    expect(await timeToOff('!fan off', fan, viewer)).toBeLessThan(atOnce);
    expect(await timeToOff('!estop', lamp, moderator)).toBeLessThan(atOnce);
    await release();
  });

  it('passes a command of its moderator that hangs, and a full queue behind it', async () => {
    await switchOn('!lamp on', lamp, other);
    bot.chat('!hang', moderator);
    for (let count = 0; count < 8; count += 1) bot.chat('!hello', moderator);
    expect(await timeToOff('!lamp off', lamp, moderator)).toBeLessThan(atOnce);
    await switchOn('!lamp on', lamp, other);
    expect(await timeToOff('!stop', lamp, moderator)).toBeLessThan(atOnce);
    await switchOn('!lamp on', lamp, other);
    expect(await timeToOff('!estop', lamp, moderator)).toBeLessThan(atOnce);
    await release();
  });

  it.each([
    ['the broadcaster', 'arm', arm, broadcaster],
    ['a moderator', 'leg', leg, other],
    ['whoever switched it on', 'head', head, viewer],
  ] as const)('passes a crowd: off by %s', async (_, name, pin, person) => {
    await switchOn(`!${name} on`, pin, viewer);
    expect(await timeToOff(`!${name} off`, pin, person)).toBeLessThan(atOnce);
  });

  it('passes a vote: off by the broadcaster at once', async () => {
    await switchOn('!star on', vote, viewer);
    expect(await timeToOff('!star off', vote, broadcaster)).toBeLessThan(atOnce);
  });

  it('passes a verb that ignores its signal', async () => {
    await switchOn('!alarm howl', siren, viewer);
    expect(await timeToOff('!alarm off', siren, other)).toBeLessThan(atOnce);
    await sleep(1_100);
    await switchOn('!alarm howl', siren, viewer);
    expect(await timeToOff('!stop', siren, other)).toBeLessThan(atOnce);
  });

  it.each(['!estop', '!stop'])('ends votes, events and buttons for good: %s', async (line) => {
    const since = kernelTime();
    bot.chat('!star on', viewer);
    bot.twitch.chat.usernotice({
      channel: 'streamer',
      as: { login: 'raider' },
      type: 'raid',
      viewers: 5,
    });
    driveAt(button, 0);
    await sleep(200);
    driveAt(button, 1);
    await bot.heard();
    bot.chat(line, other);
    await bot.heard();
    if (line === '!estop') await release();
    await sleep(2_000);
    for (const pin of [lamp, fan, vote]) expect(timesOf(pin, 1, since)).toEqual([]);
  });

  it('is not released by a plugin', async () => {
    bot.chat('!estop', other);
    bot.chat('!unlock', viewer);
    await bot.heard();
    const since = kernelTime();
    bot.chat('!lamp on', viewer);
    await bot.heard();
    expect(timesOf(lamp, 1, since)).toEqual([]);
    await release();
  });
});

describe('a stop in a bot that still starts', () => {
  afterAll(() => bot.remove());

  it('is done at once', async () => {
    bot = await TrueBot.prepare({
      driver: 'chardev',
      gpio: { gadgets: { lamp: { type: 'light', pin: lamp } } },
      plugins: {
        'early.mjs': `import { definePlugin } from '@pertybot/core';
import { Gpio } from '@pertybot/plugin-gpio';
export default definePlugin({
  name: 'early',
  needs: { gpio: Gpio },
  async start({ gpio }) {
    const output = await gpio.output('GPIO25', { maxOn: '30s' });
    await output.on();
  },
});
`,
        'slow.mjs': `import { definePlugin } from '@pertybot/core';
export default definePlugin({
  name: 'slow',
  start: () => new Promise((resolve) => setTimeout(resolve, 60_000)),
});
`,
      },
    });
    const early = 25;
    bot.run().catch(() => {});
    const joined = () => bot.twitch.chat.joined('streamer');
    await until(() => levelAt(early) === 1 && joined(), 'it is on, and in chat', 20_000);
    const since = kernelTime();
    bot.chat('!estop', moderator);
    expect(await untilLevel(early, 0, { since })).toBeLessThan(atOnce);
    await sleep(500);
    expect(pinEvents([early], since).map(({ level }) => level)).not.toContain(1);
  });
});
