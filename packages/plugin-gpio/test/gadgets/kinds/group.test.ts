import { afterEach, describe, expect, it } from '@jest/globals';
import { type GpioBot, startGpioBot } from '../../start-gpio-bot.js';

describe('group', () => {
  let bot: GpioBot;
  afterEach(() => bot.stop());
  const gadgets = {
    all: { type: 'group', gadgets: ['lamp', 'strip'] },
    lamp: { type: 'light', pin: 17 },
    strip: { type: 'light', pin: 27 },
  };
  const levels = () => [17, 27].map((pin) => bot.board.level(pin));

  it('does to all what is said to it', async () => {
    bot = await startGpioBot({ gadgets });
    await bot.hear('!all on');
    expect(bot.replies).toEqual(['all is on']);
    expect(levels()).toEqual([1, 1]);
    await bot.hear('!all off');
    expect(levels()).toEqual([0, 0]);
  });

  it('blinks them together, until it is told to be off', async () => {
    bot = await startGpioBot({ gadgets });
    await bot.hear('!all blink 10');
    await bot.clock.advance('500ms');
    expect(levels()).toEqual([1, 1]);
    await bot.hear('!all off');
    await bot.clock.advance('10s');
    expect(bot.levels(17)).toEqual([1, 0, 1, 0]);
    expect(bot.levels(27)).toEqual([1, 0, 1, 0]);
  });

  it('shows the states of its members when they differ', async () => {
    bot = await startGpioBot({ gadgets });
    await bot.hear('!lamp on');
    await bot.hear('!all toggle');
    expect(bot.replies.at(-1)).toBe('all is off and on');
  });

  it('can do what all of its members can', async () => {
    const horn = { type: 'buzzer', pin: 22 };
    const all = { type: 'group', gadgets: ['lamp', 'horn'] };
    bot = await startGpioBot({ gadgets: { ...gadgets, horn, all } });
    await bot.hear('!all blink');
    expect(bot.replies[0]).toMatch(/^Usage: !all <verb:on\|off>/);
  });

  it('fails with the name of a member that is not there', async () => {
    const start = startGpioBot({ gadgets: { all: { type: 'group', gadgets: ['lapm'] } } });
    await expect(start).rejects.toThrow('gadgets.all.gadgets.0: expected a gadget of this list');
    bot = await startGpioBot();
  });
});
