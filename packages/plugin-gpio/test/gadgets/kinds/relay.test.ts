import { afterEach, describe, expect, it } from '@jest/globals';
import { type GpioBot, startGpioBot } from '../../start-gpio-bot.js';

describe('relay', () => {
  let bot: GpioBot;
  afterEach(() => bot.stop());

  it('opens off, also when it is active-low', async () => {
    bot = await startGpioBot({
      gadgets: { fan: { type: 'relay', pin: 'GPIO5', activeLow: true } },
    });
    expect(bot.board.history).toEqual([]);
    expect(bot.board.level(5)).toBe(1);
    await bot.hear('!fan on');
    expect(bot.board.level(5)).toBe(0);
  });

  it('is switched off after 30 s unless the owner lifts it', async () => {
    const fan = { type: 'relay', pin: 'GPIO17' };
    bot = await startGpioBot({ gadgets: { fan } });
    await bot.hear('!fan on');
    await bot.clock.advance('30s');
    expect(bot.board.level(17)).toBe(0);
    await bot.stop();
    bot = await startGpioBot({ gadgets: { fan }, pins: { GPIO17: { maxOn: '1h' } } });
    await bot.hear('!fan on 45m');
    await bot.clock.advance('44m');
    expect(bot.board.level(17)).toBe(1);
    await bot.clock.advance('1m');
    expect(bot.board.level(17)).toBe(0);
  });

  it('refuses longer times, in words for chat', async () => {
    bot = await startGpioBot({ gadgets: { fan: { type: 'relay', pin: 17 } } });
    await bot.hear('!fan on 5m');
    expect(bot.replies).toEqual(['fan may be on for at most 30 s.']);
    expect(bot.board.level(17)).toBe(0);
  });
});
