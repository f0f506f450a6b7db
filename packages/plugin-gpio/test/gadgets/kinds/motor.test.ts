import { afterEach, describe, expect, it } from '@jest/globals';
import { type GpioBot, startGpioBot } from '../../start-gpio-bot.js';

describe('motor', () => {
  let bot: GpioBot;
  afterEach(() => bot.stop());
  const levels = () => [17, 27].map((pin) => bot.board.level(pin));

  it('turns forward and backward, never both', async () => {
    bot = await startGpioBot({ gadgets: { arm: { type: 'motor', forward: 17, backward: 27 } } });
    let both = false;
    bot.board.onChange(() => {
      both ||= levels().every((level) => level === 1);
    });
    await bot.hear('!arm forward');
    expect(levels()).toEqual([1, 0]);
    const reversed = bot.hear('!arm backward 2s');
    await bot.clock.advance('49ms');
    expect(levels()).toEqual([0, 0]);
    await bot.clock.advance('1ms');
    await reversed;
    expect(levels()).toEqual([0, 1]);
    await bot.clock.advance('2s');
    expect(levels()).toEqual([0, 0]);
    await bot.hear('!arm stop');
    expect(bot.replies).toEqual([
      'arm is going forward',
      'arm is going backward',
      'arm is stopped',
    ]);
    expect(both).toBe(false);
  });

  it('stays off when it is stopped between two directions', async () => {
    bot = await startGpioBot({
      gadgets: { arm: { type: 'motor', forward: 17, backward: 27, deadTime: '200ms' } },
    });
    await bot.hear('!arm forward');
    const reversed = bot.hear('!arm backward', { as: 'alice' });
    await bot.clock.advance('100ms');
    await bot.hear('!arm stop', { as: 'bob' });
    await bot.clock.advance('1s');
    await reversed;
    expect(bot.levels(27)).not.toContain(1);
    expect(levels()).toEqual([0, 0]);
  });

  it('stops by itself', async () => {
    bot = await startGpioBot({
      gadgets: { arm: { type: 'motor', forward: 17, backward: 27, maxOn: '3s' } },
    });
    await bot.hear('!arm forward');
    await bot.clock.advance('3s');
    expect(levels()).toEqual([0, 0]);
  });
});
