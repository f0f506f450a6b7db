import { afterEach, describe, expect, it } from '@jest/globals';
import { Gpio } from '@pertybot/plugin-gpio';
import { type GpioBot, startGpioBot } from '../../start-gpio-bot.js';

describe('light', () => {
  let bot: GpioBot;
  afterEach(() => bot.stop());

  it('goes on and off by chat', async () => {
    bot = await startGpioBot({ gadgets: { lamp: { type: 'light', pin: 'GPIO17' } } });
    await bot.hear('!lamp on');
    expect(bot.replies).toEqual(['lamp is on']);
    expect(bot.board.level(17)).toBe(1);
    await bot.hear('!lamp off');
    expect(bot.replies.at(-1)).toBe('lamp is off');
    expect(bot.board.level(17)).toBe(0);
  });

  it('is switched off by the guard after maxOn', async () => {
    bot = await startGpioBot({ gadgets: { lamp: { type: 'light', pin: 17, maxOn: '5m' } } });
    await bot.hear('!lamp on');
    await bot.clock.advance('299s');
    expect(bot.board.level(17)).toBe(1);
    await bot.clock.advance('1s');
    expect(bot.board.level(17)).toBe(0);
  });

  it('blinks as often as it is told', async () => {
    bot = await startGpioBot({ gadgets: { lamp: { type: 'light', pin: 17 } } });
    await bot.hear('!lamp blink 2');
    expect(bot.replies).toEqual(['lamp blinks 2 times']);
    await bot.clock.advance('10s');
    expect(bot.levels(17)).toEqual([1, 0, 1, 0]);
  });

  it('ends its blinking when it is switched on', async () => {
    bot = await startGpioBot({ gadgets: { lamp: { type: 'light', pin: 17 } } });
    await bot.hear('!lamp blink 20');
    await bot.clock.advance('1s');
    await bot.hear('!lamp on');
    await bot.clock.advance('10s');
    expect(bot.board.level(17)).toBe(1);
  });

  it('tells the usage to whoever mistypes', async () => {
    bot = await startGpioBot({ gadgets: { lamp: { type: 'light', pin: 17 } } });
    await bot.hear('!lamp dance');
    await bot.hear('!lamp blink 99', { as: 'bob' });
    expect(bot.replies).toEqual([
      'Usage: !lamp <verb:on|off|toggle|blink> [value:time|count] · for example !lamp on',
      'blink takes a number from 1 to 20, such as "blink 3".',
    ]);
  });

  it('emits what its pin does', async () => {
    bot = await startGpioBot({ gadgets: { lamp: { type: 'light', pin: 17, activeLow: true } } });
    await bot.hear('!lamp on');
    expect(bot.eventsOf('pin')).toEqual([{ gadget: 'lamp', pin: 'GPIO17', level: 0, on: true }]);
  });

  it('is dimmed by switching it fast where the kernel does not say that its pin has PWM', async () => {
    bot = await startGpioBot({ gadgets: { lamp: { type: 'light', pin: 18, dimmable: true } } });
    await bot.hear('!lamp dim 50');
    await bot.clock.advance('100ms');
    expect(bot.levels(18).length).toBeGreaterThan(10);
  });

  it('is dimmed by hardware PWM where the owner names its channel', async () => {
    const lamp = { type: 'light', pin: 18, dimmable: true, channel: 0 };
    bot = await startGpioBot({ gadgets: { lamp } });
    await bot.hear('!lamp dim 50');
    await bot.clock.advance('100ms');
    expect(bot.levels(18)).toEqual([1]);
    expect(bot.find(Gpio)?.outputs).toMatchObject([{ pin: 'GPIO18', share: 0.5 }]);
  });
});
