import { afterEach, describe, expect, it } from '@jest/globals';
import { Chat, definePlugin } from '@pertybot/core';
import { type GpioBot, startGpioBot } from '../start-gpio-bot.js';

const gadgets = { lamp: { type: 'light', pin: 17 } };
const away = 'Chat is away: everything stays off until it is back.';

describe('chatLostAfter', () => {
  let bot: GpioBot;
  afterEach(() => bot.stop());
  const isOn = () => bot.board.level(17) === 1;

  /** Lets time pass as a chat plugin does that has heard nothing since `lastHeard`. */
  async function silence(seconds: number, lastHeard: number | undefined): Promise<void> {
    for (let second = 0; second < seconds; second++) {
      await bot.clock.advance('1s');
      bot.emit('chatLife', { lastHeard });
    }
  }

  it('counts from the last sign of life, and not from when the connection is given up', async () => {
    bot = await startGpioBot({ gadgets });
    await silence(100, undefined);
    bot.emit('connected', {});
    await bot.hear('!lamp on');
    const last = bot.clock.now();
    await silence(40, last);
    bot.emit('disconnected', {});
    await silence(19, last);
    expect(isOn()).toBe(true);
    await silence(2, last);
    expect(isOn()).toBe(false);
  });

  it('keeps off what is switched on later, until chat is back', async () => {
    bot = await startGpioBot({ gadgets });
    bot.emit('disconnected', {});
    await bot.clock.advance('62s');
    await bot.hear('!lamp on');
    expect(bot.replies).toEqual([away]);
    await bot.clock.advance('10m');
    await bot.hear('!lamp on');
    expect(isOn()).toBe(false);
    bot.emit('connected', {});
    await bot.hear('!lamp on');
    expect(isOn()).toBe(true);
    expect(bot.refusals.map(({ reason }) => reason)).toEqual(['pin.chatLost', 'pin.chatLost']);
  });

  it('leaves everything on when chat comes back in time', async () => {
    bot = await startGpioBot({ gadgets });
    await bot.hear('!lamp on');
    bot.emit('disconnected', {});
    await bot.clock.advance('58s');
    bot.emit('connected', {});
    await bot.clock.advance('1m');
    expect(isOn()).toBe(true);
  });

  it('holds from before the first sign of life', async () => {
    bot = await startGpioBot({ gadgets });
    await bot.hear('!lamp on');
    await silence(62, undefined);
    expect(isOn()).toBe(false);
    await bot.hear('!lamp on');
    expect(bot.replies.at(-1)).toBe(away);
  });

  it('holds where the plugin that brings chat waits for a login, or has failed', async () => {
    const waits = definePlugin({
      name: 'waits',
      provides: [Chat],
      register: (container) => {
        container.register(Chat, { useValue: {} as Chat });
      },
      start: () => {
        throw new Error('no login');
      },
    });
    bot = await startGpioBot({ gadgets }, { plugins: [waits] });
    await bot.hear('!lamp on');
    await bot.clock.advance('62s');
    expect(isOn()).toBe(false);
  });

  it('is known again within a second after gpio was started again', async () => {
    bot = await startGpioBot({ gadgets });
    const last = bot.clock.now();
    await silence(62, last);
    await bot.restart('gpio');
    await silence(1, last);
    await bot.hear('!lamp on');
    expect(bot.replies).toEqual([away]);
  });

  it('asks nothing of a chat that is heard of, however quiet', async () => {
    bot = await startGpioBot({ gadgets, chatLostAfter: '5s' });
    await silence(1, bot.clock.now());
    await bot.hear('!lamp on');
    for (let turn = 0; turn < 12; turn++) await silence(15, bot.clock.now());
    expect(isOn()).toBe(true);
  });

  it('is as short as it says once the connection is gone', async () => {
    bot = await startGpioBot({ gadgets, chatLostAfter: '5s' });
    await silence(1, bot.clock.now());
    await bot.hear('!lamp on');
    const last = bot.clock.now();
    bot.emit('disconnected', {});
    await silence(4, last);
    expect(isOn()).toBe(true);
    await silence(2, last);
    expect(isOn()).toBe(false);
  });
});
