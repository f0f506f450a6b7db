import { afterEach, describe, expect, it } from '@jest/globals';
import { type GpioBot, startGpioBot } from '../../start-gpio-bot.js';

describe('rgb', () => {
  let bot: GpioBot;
  afterEach(() => bot.stop());
  const start = async (mood: Record<string, unknown> = {}) => {
    bot = await startGpioBot({
      gadgets: { mood: { type: 'rgb', red: 17, green: 27, blue: 22, ...mood } },
    });
  };
  const levels = () => [17, 27, 22].map((pin) => bot.board.level(pin));
  /** Share of `time` for which each pin is at 1. */
  const shares = async (milliseconds: number) => {
    const sums = [0, 0, 0];
    for (let at = 0; at < milliseconds; at++) {
      levels().forEach((level, index) => {
        sums[index] = (sums[index] ?? 0) + level / milliseconds;
      });
      await bot.clock.advance('1ms');
    }
    return sums.map((sum) => Math.round(sum * 10) / 10);
  };

  it('shows a full colour without dimming', async () => {
    await start();
    await bot.hear('!mood yellow');
    expect(bot.replies).toEqual(['mood is yellow']);
    expect(levels()).toEqual([1, 1, 0]);
    const before = bot.board.history.length;
    await bot.clock.advance('1s');
    expect(bot.board.history.length).toBe(before);
  });

  it('mixes a colour by switching fast', async () => {
    await start();
    await bot.hear('!mood purple');
    expect(await shares(100)).toEqual([0.5, 0, 0.5]);
  });

  it('takes hex, and says so', async () => {
    await start();
    await bot.hear('!mood #0f0');
    expect(levels()).toEqual([0, 1, 0]);
    expect(bot.replies).toEqual(['mood is #0f0']);
  });

  it('shows the last colour again', async () => {
    await start();
    await bot.hear('!mood blue');
    await bot.hear('!mood off');
    expect(bot.replies.at(-1)).toBe('mood is off');
    expect(levels()).toEqual([0, 0, 0]);
    await bot.clock.advance('1s');
    await bot.hear('!mood on');
    expect(levels()).toEqual([0, 0, 1]);
  });

  it('goes over to a colour slowly', async () => {
    await start({ fade: '1s' });
    await bot.hear('!mood red');
    await bot.hear('!mood fade blue');
    expect(bot.replies.at(-1)).toBe('mood goes over to blue');
    await bot.clock.advance('500ms');
    expect(await shares(40)).toEqual([0.5, 0, 0.5]);
    await bot.clock.advance('1s');
    expect(levels()).toEqual([0, 0, 1]);
  });

  it('ends a rainbow in the dark', async () => {
    await start();
    await bot.hear('!mood rainbow 2s');
    await bot.clock.advance('1s');
    expect(bot.levels(17).length + bot.levels(27).length).toBeGreaterThan(0);
    await bot.clock.advance('2s');
    expect(levels()).toEqual([0, 0, 0]);
  });

  it('is dark with all its pins after maxOn', async () => {
    await start({ maxOn: '10s' });
    await bot.hear('!mood purple');
    await bot.clock.advance('10s');
    expect(levels()).toEqual([0, 0, 0]);
    const before = bot.board.history.length;
    await bot.clock.advance('1s');
    expect(bot.board.history.length).toBe(before);
  });

  it('tells the usage for what is no colour', async () => {
    await start();
    await bot.hear('!mood banana');
    expect(bot.replies[0]).toMatch(/^Usage: !mood <verb:color\|fade/);
  });
});
