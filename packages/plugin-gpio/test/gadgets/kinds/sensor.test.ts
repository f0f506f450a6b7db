import { afterEach, describe, expect, it } from '@jest/globals';
import { type GpioBot, startGpioBot } from '../../start-gpio-bot.js';

describe('sensor', () => {
  let bot: GpioBot;
  afterEach(() => bot.stop());
  const cat = {
    type: 'sensor',
    pin: 24,
    say: 'The cat is here!',
    active: 'at home',
    quiet: 'away',
  };

  it('says what it sees, when it sees it and when it is asked', async () => {
    bot = await startGpioBot({ gadgets: { cat } });
    await bot.hear('!cat');
    bot.board.press(24);
    await bot.clock.advance('50ms');
    await bot.hear('!cat');
    expect(bot.replies).toEqual(['cat is away', 'The cat is here!', 'cat is at home']);
  });

  it('does not fill chat', async () => {
    bot = await startGpioBot({ gadgets: { cat } });
    for (let turn = 0; turn < 3; turn++) {
      bot.board.press(24);
      await bot.clock.advance('5s');
      bot.board.release(24);
      await bot.clock.advance('5s');
    }
    expect(bot.replies).toHaveLength(1);
    expect(bot.eventsOf('gadget')).toHaveLength(6);
  });

  it('stops everything when it sees at the start what stops', async () => {
    bot = await startGpioBot({ gadgets: { flood: { ...cat, estop: true } } }, { wires: { 24: 1 } });
    expect(bot.emergencyStop.engaged?.by).toBe('flood');
  });

  it('stops everything when it is clear at the start, where that is what stops', async () => {
    bot = await startGpioBot({ gadgets: { hood: { ...cat, onClear: { estop: true } } } });
    expect(bot.emergencyStop.engaged?.by).toBe('hood');
  });

  it('sets off something when it sees nothing any more', async () => {
    const onClear = { say: 'The cat left.' };
    bot = await startGpioBot({ gadgets: { cat: { ...cat, onClear } } });
    bot.board.press(24);
    await bot.clock.advance('5s');
    bot.board.release(24);
    await bot.clock.advance('5s');
    expect(bot.replies).toEqual(['The cat is here!', 'The cat left.']);
  });
});
