import { afterEach, describe, expect, it } from '@jest/globals';
import { type GpioBot, startGpioBot } from '../../start-gpio-bot.js';

describe('button', () => {
  let bot: GpioBot;
  afterEach(() => bot.stop());
  const lamp = { type: 'light', pin: 17 };
  const press = async () => {
    bot.board.press(22);
    await bot.clock.advance('20ms');
  };
  const release = async () => {
    bot.board.release(22);
    await bot.clock.advance('20ms');
  };

  it('says something and sets off steps when it is pressed', async () => {
    const bell = {
      type: 'button',
      pin: 22,
      say: 'Ding dong!',
      run: ['lamp on', 'wait 1s', 'lamp off'],
    };
    bot = await startGpioBot({ gadgets: { lamp, bell } });
    await press();
    expect(bot.replies).toEqual(['Ding dong!']);
    expect(bot.board.level(17)).toBe(1);
    await bot.clock.advance('1s');
    expect(bot.board.level(17)).toBe(0);
  });

  it('tells the bot what happens to it', async () => {
    const bell = { type: 'button', pin: 22, hold: '2s', onHold: { say: 'Let go!' } };
    bot = await startGpioBot({ gadgets: { bell } });
    await press();
    await bot.clock.advance('2s');
    await release();
    expect(bot.replies).toEqual(['Let go!']);
    expect(bot.eventsOf('gadget')).toEqual([
      { gadget: 'bell', type: 'button', event: 'press', state: 'pressed' },
      { gadget: 'bell', type: 'button', event: 'hold', state: 'pressed' },
      { gadget: 'bell', type: 'button', event: 'release', state: 'released' },
    ]);
  });

  it('is not held when it is let go in time', async () => {
    const bell = { type: 'button', pin: 22, onHold: { say: 'held' }, onRelease: { say: 'let go' } };
    bot = await startGpioBot({ gadgets: { bell } });
    await press();
    await bot.clock.advance('900ms');
    await release();
    await bot.clock.advance('10s');
    expect(bot.replies).toEqual(['let go']);
  });

  it('rests between two reactions, but never before an emergency stop', async () => {
    const panic = { type: 'button', pin: 22, say: 'Panic!', estop: true, pause: '10s' };
    bot = await startGpioBot({ gadgets: { lamp, panic } });
    await bot.hear('!lamp on');
    await press();
    expect(bot.board.level(17)).toBe(0);
    expect(bot.emergencyStop.engaged?.by).toBe('panic');
    bot.emergencyStop.release();
    await release();
    await press();
    expect(bot.emergencyStop.engaged?.by).toBe('panic');
    expect(bot.replies).toEqual(['lamp is on', 'Panic!']);
  });

  it('ignores what is shorter than its debounce', async () => {
    bot = await startGpioBot({ gadgets: { bell: { type: 'button', pin: 22, debounce: '50ms' } } });
    bot.board.press(22);
    await bot.clock.advance('30ms');
    bot.board.release(22);
    await bot.clock.advance('1s');
    expect(bot.eventsOf('gadget')).toEqual([]);
  });

  it('may be wired to 3.3 V', async () => {
    const bell = { type: 'button', pin: 22, pull: 'down', say: 'Ding!' };
    bot = await startGpioBot({ gadgets: { bell } });
    expect(bot.board.level(22)).toBe(0);
    await press();
    expect(bot.board.level(22)).toBe(1);
    expect(bot.replies).toEqual(['Ding!']);
  });

  it.each([
    ['pressed', { estop: true }, 0],
    ['closed at rest and its wire is broken', { activeLow: false, estop: true }, 1],
    ['at rest, where letting go is what stops', { onRelease: { estop: true } }, 1],
  ] as const)('stops everything at the start when it is %s', async (_, entries, level) => {
    const panic = { type: 'button', pin: 5, ...entries };
    bot = await startGpioBot({ gadgets: { panic, lamp } }, { wires: { 5: level } });
    expect(bot.emergencyStop.engaged?.by).toBe('panic');
    await bot.hear('!lamp on');
    expect(bot.board.level(17)).toBe(0);
  });

  it('that is held at the start stops everything after its time', async () => {
    const panic = { type: 'button', pin: 5, hold: '2s', onHold: { estop: true } };
    bot = await startGpioBot({ gadgets: { panic } }, { wires: { 5: 0 } });
    expect(bot.emergencyStop.engaged).toBeUndefined();
    await bot.clock.advance('2s');
    expect(bot.emergencyStop.engaged?.by).toBe('panic');
  });

  it('stops nothing at the start when it is at rest, and says nothing when it is pressed', async () => {
    const panic = { type: 'button', pin: 5, activeLow: false, estop: true };
    const bell = { type: 'button', pin: 22, say: 'Ding!' };
    bot = await startGpioBot({ gadgets: { panic, bell } }, { wires: { 22: 0 } });
    expect(bot.emergencyStop.engaged).toBeUndefined();
    expect(bot.board.level(5)).toBe(0);
    expect(bot.replies).toEqual([]);
    bot.board.press(5);
    await bot.clock.advance('20ms');
    expect(bot.emergencyStop.engaged?.by).toBe('panic');
  });

  it('has no chat command', async () => {
    bot = await startGpioBot({ gadgets: { bell: { type: 'button', pin: 22 } } });
    await bot.hear('!bell');
    expect(bot.replies).toEqual([]);
  });
});
