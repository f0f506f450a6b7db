import { afterEach, describe, expect, it } from '@jest/globals';
import { Gadgets } from '@pertybot/plugin-gpio';
import { type GpioBot, startGpioBot } from '../../start-gpio-bot.js';

describe('sequence', () => {
  let bot: GpioBot;
  afterEach(() => bot.stop());
  const gadgets = {
    lamp: { type: 'light', pin: 17 },
    horn: { type: 'buzzer', pin: 27, beep: '100ms', pause: '100ms' },
    party: { type: 'sequence', steps: ['lamp on', 'wait 500ms', 'horn beep 3', 'lamp off'] },
  };

  it('plays its steps one after the other', async () => {
    bot = await startGpioBot({ gadgets });
    await bot.hear('!party');
    expect(bot.replies).toEqual(['party begins']);
    await bot.clock.advance('2s');
    const moves = bot.board.history.map(({ offset, level, at }) => [offset, level, at]);
    expect(moves).toEqual([
      [17, 1, 0],
      [27, 1, 500],
      [27, 0, 600],
      [27, 1, 700],
      [27, 0, 800],
      [27, 1, 900],
      [27, 0, 1_000],
      [17, 0, 1_000],
    ]);
    expect(bot.find(Gadgets)?.find('party')?.state).toBe('idle');
  });

  it('is one at a time', async () => {
    bot = await startGpioBot({ gadgets });
    await bot.hear('!party');
    await bot.hear('!party', { as: 'bob' });
    expect(bot.replies).toEqual(['party begins', 'party is busy.']);
  });

  it('switches its gadgets off when it is ended', async () => {
    bot = await startGpioBot({ gadgets });
    await bot.hear('!party');
    await bot.clock.advance('550ms');
    await bot.hear('!party off', { as: 'bob' });
    expect([bot.board.level(17), bot.board.level(27)]).toEqual([0, 0]);
    await bot.clock.advance('5s');
    expect(bot.levels(27)).toEqual([1, 0]);
  });

  it('tells chat what the guard says to its first step', async () => {
    const lamp = { ...gadgets.lamp, minOff: '1m' };
    bot = await startGpioBot({ gadgets: { ...gadgets, lamp } });
    await bot.hear('!lamp on');
    await bot.hear('!lamp off');
    await bot.hear('!party');
    expect(bot.replies.at(-1)).toBe('lamp rests for another 1 min.');
    expect(bot.refusals.at(-1)).toMatchObject({ reason: 'pin.minOff', command: 'party' });
  });

  it('ends at a later step that is refused, and says so in the log', async () => {
    const party = { type: 'sequence', steps: ['lamp on', 'lamp dance'] };
    bot = await startGpioBot({ gadgets: { ...gadgets, party } });
    await bot.hear('!party');
    await bot.clock.advance('1s');
    expect(bot.log.map(({ message }) => message)).toContain(
      '"party" could not go on: lamp takes on, off, toggle, blink.',
    );
  });

  it('is refused by the config when it names what is not there', async () => {
    const party = { type: 'sequence', steps: ['lamp on', 'tuba play'] };
    await expect(startGpioBot({ gadgets: { lamp: gadgets.lamp, party } })).rejects.toMatchObject({
      problems: [
        {
          message:
            'gadgets.party.steps.1: expected a gadget of this list (lamp, party), received "tuba play"',
        },
      ],
    });
    bot = await startGpioBot();
  });
});
