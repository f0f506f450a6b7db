import { afterEach, describe, expect, it } from '@jest/globals';
import { type GpioBot, startGpioBot } from '../../start-gpio-bot.js';

let bot: GpioBot;
afterEach(() => bot.stop());

const warnings = () =>
  bot.log.filter(({ level }) => level === 'error').map(({ message }) => message);

describe('a gadget whose type no plugin brings', () => {
  it.each([
    ['led', 'Did you mean "light"?'],
    ['foobar', 'Known types: '],
  ])('is told of, with what was meant by "%s"', async (type, hint) => {
    const lamp = { type: 'light', pin: 17 };
    bot = await startGpioBot({ gadgets: { lamp, other: { type, pin: 27 } } });
    expect(warnings()).toEqual([]);
    await bot.clock.advance('5s');
    expect(warnings()).toEqual([
      expect.stringContaining(`No plugin brings the type "${type}" of the gadget "other". ${hint}`),
    ]);
  });

  it('is not told of by a plugin that has stopped, nor where all is well', async () => {
    bot = await startGpioBot({ gadgets: { lamp: { type: 'light', pin: 17 } } });
    await bot.clock.advance('10s');
    expect(warnings()).toEqual([]);
    await bot.stop();
    bot = await startGpioBot({ gadgets: { other: { type: 'led', pin: 27 } } });
    await bot.stop();
    await bot.clock.advance('10s');
    expect(warnings()).toEqual([]);
  });
});
