import { afterEach, describe, expect, it } from '@jest/globals';
import { type GpioBot, startGpioBot } from '../../start-gpio-bot.js';

describe('a light', () => {
  let bot: GpioBot;
  afterEach(() => bot.stop());
  const light = { type: 'light', pin: 17 };
  const rises = (pin: number) => bot.levels(pin).filter((level) => level === 1).length;

  /** A crowd says the lines by turns, twenty a second. */
  async function crowd(lines: readonly string[], seconds = 1): Promise<void> {
    for (let turn = 0; turn < 20 * seconds; turn++) {
      await bot.hear(lines[turn % lines.length] ?? '', { as: `viewer${turn}` });
      await bot.clock.advance(50);
    }
  }

  it('is switched on three times in any second by a crowd', async () => {
    bot = await startGpioBot({ gadgets: { lamp: light } });
    await crowd(['!lamp toggle']);
    expect(rises(17)).toBe(3);
    await crowd(['!lamp on', '!lamp off'], 2);
    expect(rises(17)).toBe(9);
  });

  it('is switched on more often by the word of its owner alone', async () => {
    const lamp = { ...light, maxTogglesPerSecond: 10 };
    bot = await startGpioBot({ gadgets: { lamp } });
    await crowd(['!lamp toggle']);
    expect(rises(17)).toBe(3);
    await bot.stop();
    bot = await startGpioBot({ gadgets: { lamp }, pins: { GPIO17: { maxTogglesPerSecond: 10 } } });
    await crowd(['!lamp toggle']);
    expect(rises(17)).toBe(10);
  });

  it('that stays on is not dimmed up and down faster', async () => {
    bot = await startGpioBot({ gadgets: { lamp: { ...light, dimmable: true } } });
    await crowd(['!lamp dim 1', '!lamp dim 100', '!lamp on']);
    expect(bot.replies.filter((reply) => !reply.includes('cannot flash'))).toHaveLength(3);
    await bot.hear('!lamp off');
    expect(bot.replies.at(-1)).toBe('lamp is off');
  });

  it('of three colours does not change them faster', async () => {
    const mood = { type: 'rgb', red: 5, green: 6, blue: 16 };
    bot = await startGpioBot({ gadgets: { mood } });
    await crowd(['!mood red', '!mood green', '!mood blue', '!mood off']);
    expect(rises(5) + rises(6) + rises(16)).toBe(3);
  });

  it.each([
    [{ ...light, blinkOn: '100ms', blinkOff: '100ms' }, {}, 'of 334ms together'],
    [{ ...light, maxTogglesPerSecond: 1 }, {}, 'of 1000ms together'],
    [{ type: 'onboard-led', blinkOn: '50ms', blinkOff: '50ms' }, { ACT: {} }, 'pins: { ACT: {'],
  ])('that would blink faster is an error', async (lamp, pins, message) => {
    await expect(startGpioBot({ gadgets: { lamp }, pins })).rejects.toMatchObject({
      problems: [{ message: expect.stringContaining(message) }],
    });
    bot = await startGpioBot();
  });

  it('blinks as fast as its owner says', async () => {
    const lamp = { ...light, blinkOn: '50ms', blinkOff: '50ms' };
    bot = await startGpioBot({ gadgets: { lamp }, pins: { BOARD11: { maxTogglesPerSecond: 10 } } });
    await bot.hear('!lamp blink 10');
    await bot.clock.advance('1s');
    expect(rises(17)).toBe(10);
  });
});
