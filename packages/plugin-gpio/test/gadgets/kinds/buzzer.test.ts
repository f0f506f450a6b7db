import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { SimulatedPwmLine } from '../../../src/pwm/pwm-line.js';
import { type GpioBot, startGpioBot } from '../../start-gpio-bot.js';

describe('buzzer', () => {
  let bot: GpioBot;
  afterEach(() => bot.stop());
  const start = async (horn: Record<string, unknown> = {}) => {
    bot = await startGpioBot({ gadgets: { horn: { type: 'buzzer', pin: 27, ...horn } } });
  };

  it('beeps once when it is only named', async () => {
    await start();
    await bot.hear('!horn');
    expect(bot.replies).toEqual(['horn beeps']);
    await bot.clock.advance('149ms');
    expect(bot.board.level(27)).toBe(1);
    await bot.clock.advance('1ms');
    expect(bot.board.level(27)).toBe(0);
  });

  it('beeps as often as it is told, with or without the verb', async () => {
    await start();
    await bot.hear('!horn 2');
    await bot.clock.advance('1s');
    await bot.hear('!horn beep 3');
    await bot.clock.advance('2s');
    expect(bot.levels(27)).toEqual([1, 0, 1, 0, 1, 0, 1, 0, 1, 0]);
    expect(bot.replies).toEqual(['horn beeps 2 times', 'horn beeps 3 times']);
  });

  it('sounds dots and dashes', async () => {
    await start({ beep: '100ms' });
    await bot.hear('!horn pattern .-');
    expect(bot.replies).toEqual(['horn sounds .-']);
    await bot.clock.advance('3s');
    const times = bot.board.history.filter(({ offset }) => offset === 27).map(({ at }) => at);
    expect(times).toEqual([0, 100, 200, 500]);
  });

  it('keeps what comes meanwhile in a queue, and says the place in it', async () => {
    await start();
    await bot.hear('!horn 2');
    await bot.hear('!horn', { as: 'bob' });
    await bot.hear('!horn', { as: 'carol' });
    expect(bot.replies.slice(1)).toEqual([
      'horn is busy; you are number 1 in the queue.',
      'horn is busy; you are number 2 in the queue.',
    ]);
    await bot.clock.advance('5s');
    expect(bot.levels(27)).toEqual([1, 0, 1, 0, 1, 0, 1, 0]);
  });

  it('is silent at once when it is switched off', async () => {
    await start();
    await bot.hear('!horn 10');
    await bot.hear('!horn off', { as: 'bob' });
    await bot.clock.advance('5s');
    expect(bot.levels(27)).toEqual([1, 0]);
  });

  it('tells what it takes to whoever mistypes', async () => {
    await start();
    await bot.hear('!horn loud');
    await bot.hear('!horn 99', { as: 'bob' });
    await bot.hear('!horn pattern', { as: 'carol' });
    await bot.hear('!horn pattern abc', { as: 'dave' });
    expect(bot.replies).toEqual([
      'Usage: !horn [verb:count|beep|pattern|on|off] [value:count|dots|time] · for example !horn 3',
      'Usage: !horn [verb:count|beep|pattern|on|off] [value:count|dots|time] · for example !horn 3',
      'pattern takes up to 20 dots and dashes such as ..-, such as "pattern ..-".',
      'pattern takes up to 20 dots and dashes such as ..-, such as "pattern ..-".',
    ]);
  });

  describe('with tones', () => {
    it('plays notes on a pin with hardware PWM', async () => {
      await start({ pin: 18, tones: true, beep: '100ms' });
      await bot.hear('!horn play c4,_,e4:2');
      expect(bot.replies).toEqual(['horn plays c4,_,e4:2']);
      await bot.clock.advance('1s');
      const changes = bot.board.history.filter(({ offset }) => offset === 18);
      expect(changes.map(({ at, level }) => [at, level])).toEqual([
        [0, 1],
        [85, 0],
        [200, 1],
        [370, 0],
      ]);
    });

    it('beeps at its usual pitch after a melody', async () => {
      const tunes: number[] = [];
      const setFrequency = SimulatedPwmLine.prototype.setFrequency;
      const spy = jest.spyOn(SimulatedPwmLine.prototype, 'setFrequency');
      spy.mockImplementation(function (this: SimulatedPwmLine, frequency) {
        tunes.push(frequency);
        setFrequency.call(this, frequency);
      });
      await start({ pin: 18, tones: true, pitch: 3_000 });
      await bot.hear('!horn play a4');
      await bot.clock.advance('1s');
      await bot.hear('!horn');
      spy.mockRestore();
      expect(tunes).toEqual([440, 3_000]);
    });

    it('is silent at once when it is switched off', async () => {
      await start({ pin: 18, tones: true });
      await bot.hear('!horn play c:4,d:4');
      await bot.hear('!horn off', { as: 'bob' });
      await bot.clock.advance('5s');
      expect(bot.levels(18)).toEqual([1, 0]);
    });

    it('is refused on other pins, and where the buzzer is active-low', async () => {
      const told = () =>
        bot.log.filter(({ level }) => level === 'error').map((line) => line.message);
      await start({ tones: true });
      expect(told()).toEqual([expect.stringContaining('has no hardware PWM')]);
      await bot.stop();
      await start({ pin: 18, tones: true, activeLow: true });
      expect(told()).toEqual([expect.stringContaining('cannot be active-low and sound tones')]);
    });
  });
});
