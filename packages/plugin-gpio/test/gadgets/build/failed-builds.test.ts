import { afterEach, describe, expect, it } from '@jest/globals';
import { type GpioBot, startGpioBot } from '../../start-gpio-bot.js';

const lamp = { type: 'light', pin: 22 };
const flag = { type: 'servo', pin: 17 };

describe('a gadget that is written wrong', () => {
  let bot: GpioBot;
  afterEach(() => bot.stop());

  const errors = () =>
    bot.log.filter(({ level }) => level === 'error').map(({ message }) => message);

  it('costs itself and the groups that it is in, and neither the others nor the stop', async () => {
    const both = { type: 'group', gadgets: ['lamp', 'flag'] };
    const more = { type: 'group', gadgets: ['both', 'lamp'] };
    const alone = { type: 'group', gadgets: ['lamp'] };
    bot = await startGpioBot({ gadgets: { flag, lamp, both, more, alone } });
    expect(errors()).toEqual([
      expect.stringContaining('plugins.yaml: gadgets.flag: Pin "GPIO17" has no hardware PWM.'),
      '"both" is not there, since its member "flag" is not.',
      '"more" is not there, since its member "both" is not.',
    ]);
    await bot.hear('!alone on');
    expect(bot.board.level(22)).toBe(1);
    await bot.hear('!estop', { as: 'mod', roles: ['moderator'] });
    expect(bot.board.level(22)).toBe(0);
  });

  it('is not tried again', async () => {
    bot = await startGpioBot({ gadgets: { flag } });
    const told = errors().length;
    await bot.clock.advance('1h');
    expect(errors()).toHaveLength(told);
  });

  it('gives back what it had claimed', async () => {
    const wrong = { ...lamp, verbs: ['dance'] };
    const party = { type: 'sequence', steps: ['wrong on', 'lamp on'] };
    bot = await startGpioBot({ gadgets: { wrong: { ...wrong, pin: 27 }, lamp, party } });
    await bot.hear('!party');
    expect(bot.replies).toEqual(['There is no "wrong" now.']);
    expect(bot.board.level(22)).toBe(0);
    expect(bot.board.level(27)).toBe(0);
  });
});
