import { afterEach, describe, expect, it } from '@jest/globals';
import { verb } from '@pertybot/plugin-gpio';
import { deafPlugin } from '../deaf-plugin.js';
import { type GpioBot, startGpioBot } from '../start-gpio-bot.js';

const never = new AbortController().signal;

/** Three seconds after it was asked it switches on, whatever was said meanwhile. */
const later = deafPlugin((siren, { sleep, find }) => ({
  howl: verb({
    about: 'Howls',
    run: () => sleep(3_000, never).then(() => siren.on({ for: '1s' })),
  }),
  light: verb({
    about: 'Has the lamp lit',
    run: async () => {
      await sleep(3_000, never);
      await find('lamp')?.perform('on');
    },
  }),
}));

describe('a verb that was ended and does not hear it', () => {
  let bot: GpioBot;
  afterEach(() => bot.stop());

  async function start(busy: string) {
    const alarm = { type: 'deaf', pin: 17, busy };
    const lamp = { type: 'light', pin: 27 };
    bot = await startGpioBot({ gadgets: { alarm, lamp } }, { plugins: [later] });
    await bot.clock.advance(0);
  }

  it('switches nothing on, though it waited in the queue of its gadget', async () => {
    await start('queue(5)');
    void bot.hear('!alarm howl', { as: 'alice' });
    void bot.hear('!alarm howl', { as: 'bob' });
    await bot.clock.advance('3s');
    expect(bot.board.level(17)).toBe(1);
    await bot.clock.advance('2s');
    void bot.hear('!alarm off', { as: 'bob' });
    const before = bot.board.history.length;
    await bot.clock.advance('30s');
    expect(bot.board.history.slice(before)).toEqual([]);
  });

  it('has no other gadget switched on', async () => {
    await start('replace');
    void bot.hear('!alarm light');
    await bot.clock.advance('1s');
    void bot.hear('!alarm off', { as: 'bob' });
    await bot.clock.advance('30s');
    expect(bot.board.history.filter(({ level }) => level === 1)).toEqual([]);
  });
});
