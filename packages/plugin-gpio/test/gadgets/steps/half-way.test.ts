import { afterEach, describe, expect, it } from '@jest/globals';
import { makeUser } from '@pertybot/core/testing';
import { type GpioBot, startGpioBot } from '../../start-gpio-bot.js';

describe('steps that end half-way', () => {
  let bot: GpioBot;
  afterEach(() => bot.stop());

  const pump = { type: 'relay', pin: 17 };
  const horn = { type: 'buzzer', pin: 27, perRun: 1 };

  it.each([
    ['all verbs', {}],
    ['without off', { verbs: ['on'] }],
  ])('switch off what they switched on, with %s', async (_, more) => {
    const fill = { type: 'sequence', steps: ['pump on', 'wait 1s', 'horn beep', 'pump on'] };
    bot = await startGpioBot({ gadgets: { pump: { ...pump, ...more }, horn, fill } });
    await bot.hear('!horn beep', { as: 'bob' });
    await bot.clock.advance('1s');
    await bot.hear('!fill');
    expect(bot.board.level(17)).toBe(1);
    await bot.clock.advance('1s');
    expect(bot.board.level(17)).toBe(0);
    expect(bot.log.map(({ message }) => message)).toContain(
      '"fill" could not go on: horn has been used 1 times, which is all for now.',
    );
  });

  it('switch off at off, although the owner left the gadget no off', async () => {
    const fill = { type: 'sequence', steps: ['pump on', 'wait 10s'] };
    bot = await startGpioBot({ gadgets: { pump: { ...pump, verbs: ['on'] }, fill } });
    await bot.hear('!fill');
    void bot.hear('!fill off');
    expect(bot.board.level(17)).toBe(0);
    await bot.clock.advance('1m');
    expect(bot.board.level(17)).toBe(0);
  });

  it('switch off the members of a group that have no off', async () => {
    const gadgets = {
      pump: { ...pump, verbs: ['on'] },
      valve: { type: 'relay', pin: 22, verbs: ['on'] },
      both: { type: 'group', gadgets: ['pump', 'valve'] },
      fill: { type: 'sequence', steps: ['both on', 'wait 1s', 'horn beep'] },
      horn,
    };
    bot = await startGpioBot({ gadgets });
    await bot.hear('!horn beep');
    await bot.clock.advance('1s');
    await bot.hear('!fill');
    expect([bot.board.level(17), bot.board.level(22)]).toEqual([1, 1]);
    await bot.clock.advance('1s');
    expect([bot.board.level(17), bot.board.level(22)]).toEqual([0, 0]);
  });

  it('leave no rejection behind when they end in whichever turn before they wait', async () => {
    const left: unknown[] = [];
    const hear = (reason: unknown) => void left.push(reason);
    process.on('unhandledRejection', hear);
    const fill = { type: 'sequence', steps: ['wait 10s', 'pump on'] };
    bot = await startGpioBot({ gadgets: { pump, fill } });
    for (let turns = 0; turns < 12; turns++) {
      void bot.hear('!fill');
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      await bot.hear('!fill off', { as: 'bob' });
      await bot.clock.advance('1s');
    }
    process.off('unhandledRejection', hear);
    expect(left).toEqual([]);
  });

  it('leave alone what somebody else uses, and refused them', async () => {
    const lamp = { type: 'light', pin: 22, busy: 'refuse' };
    const fill = { type: 'sequence', steps: ['pump on', 'lamp on'] };
    bot = await startGpioBot({ gadgets: { pump, lamp, fill } });
    await bot.hear('!lamp blink 20', { as: 'bob' });
    await bot.hear('!fill');
    await bot.clock.advance(0);
    expect([bot.board.level(17), bot.board.level(22)]).toEqual([0, 1]);
  });

  it('also when an event set them off, and when a gadget is gone', async () => {
    const ghost = { type: 'ghost' };
    bot = await startGpioBot({ gadgets: { pump, ghost }, on: { raid: ['pump on', 'ghost howl'] } });
    bot.emit('raid', { channel: 'test', user: makeUser(), viewers: 3 });
    await bot.clock.advance(0);
    expect(bot.levels(17)).toEqual([1, 0]);
  });
});

describe('mode: dry-run', () => {
  let bot: GpioBot;
  afterEach(() => bot.stop());

  const gadgets = {
    lamp: { type: 'light', pin: 17 },
    star: { type: 'light', pin: 27 },
    sun: { type: 'light', pin: 22 },
    all: { type: 'group', gadgets: ['lamp', 'star'] },
    show: { type: 'sequence', steps: ['all on', 'wait 1s', 'all blink 2'] },
  };

  it('of a group reaches its members, whose own commands go on', async () => {
    bot = await startGpioBot({ gadgets: { ...gadgets, all: { ...gadgets.all, mode: 'dry-run' } } });
    await bot.hear('!all on');
    await bot.hear('!show');
    await bot.clock.advance('10s');
    expect([bot.levels(17), bot.levels(27)]).toEqual([[], []]);
    expect(bot.log.map(({ message }) => message)).toEqual(
      expect.arrayContaining(['Dry run of "all": lamp on.', 'Dry run of "all": star on.']),
    );
    await bot.hear('!lamp on');
    expect([bot.levels(17), bot.levels(27)]).toEqual([[1], []]);
    await bot.hear('!all off');
    expect(bot.levels(17)).toEqual([1]);
  });

  it('of a sequence reaches the members of its groups, through another sequence', async () => {
    const show = { type: 'sequence', mode: 'dry-run', steps: ['more', 'sun on'] };
    const more = { type: 'sequence', steps: ['all on'] };
    bot = await startGpioBot({ gadgets: { ...gadgets, show, more } });
    await bot.hear('!show');
    await bot.clock.advance('10s');
    expect([bot.levels(17), bot.levels(27), bot.levels(22)]).toEqual([[], [], []]);
    await bot.hear('!all on');
    await bot.hear('!sun on');
    expect([bot.levels(17), bot.levels(27), bot.levels(22)]).toEqual([[1], [1], [1]]);
  });
});
