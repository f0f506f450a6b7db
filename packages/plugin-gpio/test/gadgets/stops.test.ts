import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Chat, type Delivery, definePlugin, Inbox, type Plugin } from '@pertybot/core';
import { makeMessage, makeUser } from '@pertybot/core/testing';
import gpio, { Gpio, SimulatedBoard, verb } from '@pertybot/plugin-gpio';
import { deafPlugin } from '../deaf-plugin.js';
import { type GpioBot, startGpioBot } from '../start-gpio-bot.js';

const mod = { as: 'Mod', roles: ['moderator'] } as const;

/** It switches itself on again and again. */
const howls = deafPlugin((siren, { sleep }) => {
  const never = new AbortController().signal;
  const howl = async () => {
    for (;;) {
      await siren.on();
      await sleep(2_000, never);
    }
  };
  return {
    howl: verb({ about: 'Howls', run: async () => ({ rest: howl() }) }),
    stick: verb({
      about: 'Sticks',
      run: () => siren.on().then(() => new Promise(() => {})),
    }),
  };
});

describe('a stop', () => {
  let bot: GpioBot;
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'stops-'));
  });
  afterEach(async () => {
    await bot.stop();
    rmSync(folder, { recursive: true, maxRetries: 9 });
  });

  async function start(config: Record<string, unknown>, plugins: readonly Plugin[] = []) {
    const folders = { bot: folder, state: path.join(folder, 'state') };
    bot = await startGpioBot(config, { folders, plugins });
  }

  const raid = () =>
    bot.emit('raid', { channel: 'test', user: makeUser({ as: 'raider' }), viewers: 9 });
  const settle = () => bot.clock.advance(0);

  /** What goes on by itself, and what starts it. Each would light GPIO17 within 10 s. */
  const goesOn: Record<string, readonly [Record<string, unknown>, () => Promise<unknown>]> = {
    'a vote': [
      { gadgets: { lamp: { type: 'light', pin: 17, crowd: 'vote(5s)' } } },
      () => bot.hear('!lamp on'),
    ],
    'a draw': [
      { gadgets: { lamp: { type: 'light', pin: 17, crowd: 'random(5s)' } } },
      () => bot.hear('!lamp on'),
    ],
    'the steps of an event': [
      { gadgets: { lamp: { type: 'light', pin: 17 } }, on: { raid: ['wait 5s', 'lamp on'] } },
      async () => raid(),
    ],
    'events that wait for it': [
      {
        gadgets: { lamp: { type: 'light', pin: 17 }, star: { type: 'light', pin: 27 } },
        on: { raid: ['wait 2s', 'star on', 'wait 2s', 'lamp on'] },
      },
      async () => {
        raid();
        raid();
      },
    ],
    'the steps of a button': [
      {
        gadgets: {
          lamp: { type: 'light', pin: 17 },
          bell: { type: 'button', pin: 5, say: 'Ring!', run: ['wait 5s', 'lamp on'] },
        },
      },
      async () => {
        bot.board.press(5);
        await bot.clock.advance('20ms');
      },
    ],
    'a button that is held': [
      {
        gadgets: {
          lamp: { type: 'light', pin: 17 },
          bell: { type: 'button', pin: 5, hold: '5s', onHold: { run: ['lamp on'] } },
        },
      },
      async () => {
        bot.board.press(5);
        await bot.clock.advance('20ms');
      },
    ],
    'a sequence': [
      {
        gadgets: {
          lamp: { type: 'light', pin: 17 },
          show: { type: 'sequence', steps: ['wait 5s', 'lamp on'] },
        },
      },
      () => bot.hear('!show'),
    ],
    'a queue': [
      { gadgets: { lamp: { type: 'light', pin: 17, busy: 'queue(5)', verbs: ['blink'] } } },
      async () => {
        await bot.hear('!lamp blink 1');
        await bot.hear('!lamp blink 2');
      },
    ],
  };

  it.each(Object.keys(goesOn))('ends %s for good, also when it is released', async (what) => {
    const [config, begin] = goesOn[what] ?? [{}, async () => {}];
    await start(config);
    await begin();
    await bot.hear('!estop', mod);
    const before = bot.board.history.length;
    bot.emergencyStop.release();
    await bot.clock.advance('30s');
    expect(bot.board.history.length - before).toBe(0);
    expect(bot.board.level(17)).toBe(0);
  });

  it.each(Object.keys(goesOn))('by !stop ends %s', async (what) => {
    const [config, begin] = goesOn[what] ?? [{}, async () => {}];
    await start(config);
    await begin();
    await bot.hear('!stop', mod);
    const before = bot.board.history.length;
    await bot.clock.advance('30s');
    expect(bot.board.history.length - before).toBe(0);
    expect(bot.board.level(17)).toBe(0);
  });

  it('by !stop switches off what is on, also what a plugin switched on, and lets it be on again', async () => {
    const own = definePlugin({
      name: 'own',
      needs: { gpio: Gpio },
      async start({ gpio: pins }) {
        await (await pins.output('GPIO27')).on();
      },
    });
    await start({ gadgets: { fan: { type: 'relay', pin: 17 } } }, [own]);
    await bot.hear('!fan on');
    expect([bot.board.level(17), bot.board.level(27)]).toEqual([1, 1]);
    void bot.hear('!stop', mod);
    expect([bot.board.level(17), bot.board.level(27)]).toEqual([0, 0]);
    await settle();
    expect(bot.replies.at(-1)).toBe('Stopped.');
    await bot.clock.advance('1s');
    await bot.hear('!fan on');
    expect(bot.board.level(17)).toBe(1);
  });

  it.each(['howl', 'stick'])(
    'does not wait for a verb that does not hear of it: %s',
    async (deaf) => {
      await start({ gadgets: { alarm: { type: 'deaf', pin: 17 } } }, [howls]);
      for (const line of ['!alarm off', '!stop', '!estop']) {
        void bot.hear(`!alarm ${deaf}`, mod);
        await settle();
        expect(bot.board.level(17)).toBe(1);
        void bot.hear(line, mod);
        expect(bot.board.level(17)).toBe(0);
        bot.emergencyStop.release();
        await bot.clock.advance('20s');
        expect(bot.board.level(17)).toBe(0);
      }
    },
  );

  it('overtakes 32 greetings of the same moderator, whose replies wait for the chat', async () => {
    const slowChat = definePlugin({
      name: 'slow-chat',
      provides: [Chat],
      register(container) {
        const slow = () => new Promise<Delivery>(() => {});
        const chat = { channels: ['test'], say: slow, reply: slow, action: slow };
        container.register(Chat, { useValue: chat });
      },
    });
    const greeter = definePlugin({
      name: 'greeter',
      start: ({ command }) => void command('hello', {}, ({ reply }) => reply('Hello!')),
    });
    await start({ gadgets: { lamp: { type: 'light', pin: 17 } } }, [slowChat, greeter]);
    for (let i = 0; i < 32; i++) void bot.hear('!hello', mod);
    void bot.hear('!lamp on', mod);
    await settle();
    expect(bot.board.level(17)).toBe(1);
    for (let i = 0; i < 32; i++) void bot.hear('!hello', mod);
    void bot.hear('!lamp off', mod);
    expect(bot.board.level(17)).toBe(0);
    void bot.hear('!lamp on', mod);
    await settle();
    void bot.hear('!estop', mod);
    expect([bot.board.level(17), bot.emergencyStop.engaged?.by]).toEqual([0, '@mod in chat']);
  });

  it('works while the last plugin starts', async () => {
    let stopped: readonly unknown[] = [];
    const late = definePlugin({
      name: 'late',
      needs: { gpio: Gpio, inbox: Inbox, board: SimulatedBoard },
      async start({ gpio: pins, inbox, board }) {
        const output = await pins.output('GPIO17');
        await output.on();
        const before = board.level(17);
        void inbox.hear(makeMessage('!estop', mod));
        stopped = [before, board.level(17)];
      },
    });
    await start({}, [late]);
    expect(stopped).toEqual([1, 0]);
  });

  it('reaches every gpio entry', async () => {
    // A service has one provider; the second board is reached by its chat commands alone.
    const second: Plugin = { ...gpio, provides: [] };
    const config = { driver: 'simulated', gadgets: { star: { type: 'light', pin: 27 } } };
    const folders = { bot: folder, state: path.join(folder, 'state') };
    bot = await startGpioBot(
      { gadgets: { lamp: { type: 'light', pin: 17 } } },
      { folders, plugins: [{ plugin: second, id: 'gpio-2', config }] },
    );
    await bot.hear('!star on');
    await bot.hear('!lamp on');
    await bot.hear('!estop', mod);
    await bot.hear('!star on');
    await bot.hear('!lamp on');
    expect(bot.replies.slice(-2)).toEqual(
      Array(2).fill('Emergency stop: everything stays off until the owner releases it.'),
    );
    expect(bot.eventsOf('estop')).toHaveLength(1);
    bot.emergencyStop.release();
    await bot.hear('!star on');
    expect(bot.replies.at(-1)).toBe('star is on');
  });
});
