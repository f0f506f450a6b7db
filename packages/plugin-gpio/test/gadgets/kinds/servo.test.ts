import { afterEach, describe, expect, it } from '@jest/globals';
import { Gpio } from '@pertybot/plugin-gpio';
import { type GpioBot, startGpioBot } from '../../start-gpio-bot.js';

describe('servo', () => {
  let bot: GpioBot;
  afterEach(() => bot.stop());
  const start = async (flag: Record<string, unknown> = {}) => {
    bot = await startGpioBot({ gadgets: { flag: { type: 'servo', pin: 18, ...flag } } });
  };
  const output = () => bot.find(Gpio)?.outputs[0];
  /** Milliseconds of a pulse. */
  const pulse = () => Math.round((output()?.share ?? 0) * 20 * 1_000) / 1_000;

  it('turns to an angle and is let go', async () => {
    await start();
    await bot.hear('!flag 90');
    expect(bot.replies).toEqual(['flag turns to 90°']);
    expect(pulse()).toBe(1.5);
    expect(output()?.on).toBe(true);
    await bot.clock.advance('600ms');
    expect(output()?.on).toBe(false);
  });

  it('goes as far as the owner lets it', async () => {
    await start({ range: [-45, 45], pulse: ['0.5ms', '2.5ms'] });
    await bot.hear('!flag -45');
    expect(pulse()).toBe(0.5);
    await bot.hear('!flag 46', { as: 'bob' });
    await bot.hear('!flag angle 46', { as: 'bob' });
    expect(bot.replies.slice(1)).toEqual([
      'Usage: !flag <verb:angle|sweep|off> [value:angle|count] · for example !flag 0',
      'angle takes a number from -45° to 45°, such as "angle 0".',
    ]);
  });

  it('sweeps to and fro and comes back', async () => {
    await start({ move: '500ms' });
    await bot.hear('!flag 90');
    await bot.clock.advance('1s');
    await bot.hear('!flag sweep 2');
    const seen: number[] = [];
    for (let turn = 0; turn < 5; turn++) {
      seen.push(pulse());
      await bot.clock.advance('500ms');
    }
    expect(seen).toEqual([2, 1, 2, 1, 1.5]);
    expect(output()?.on).toBe(false);
  });

  it('takes one after the other', async () => {
    await start();
    await bot.hear('!flag 0');
    await bot.hear('!flag 180', { as: 'bob' });
    expect(pulse()).toBe(1);
    await bot.clock.advance('600ms');
    expect(pulse()).toBe(2);
  });

  it('needs a pin with hardware PWM', async () => {
    await start({ pin: 17 });
    expect(bot.log.filter(({ level }) => level === 'error').map(({ message }) => message)).toEqual([
      'plugins.yaml: gadgets.flag: Pin "GPIO17" has no hardware PWM. "flag" is not there, all else goes on; "pertybot check" shows the line.',
    ]);
  });

  it('moves nothing in dry-run', async () => {
    await start({ mode: 'dry-run' });
    await bot.hear('!flag 90');
    expect(bot.replies).toEqual(['flag turns to 90°']);
    expect(bot.levels(18)).toEqual([]);
  });
});
