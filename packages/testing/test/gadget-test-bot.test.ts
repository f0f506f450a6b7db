import { afterEach, describe, expect, it } from '@jest/globals';
import { definePlugin } from '@pertybot/core';
import { Gpio } from '@pertybot/plugin-gpio';
import { type GadgetTestBot, startTestBot } from '../src/index.js';

const confetti = definePlugin({
  name: 'confetti',
  needs: { gpio: Gpio },
  async start({ gpio, command, say }) {
    const cannon = await gpio.output('GPIO22', { maxOn: '2s' });
    const trigger = await gpio.input('GPIO5');
    trigger.on('press', () => say('Somebody pressed the button!'));
    command('confetti', { about: 'Fires' }, () => cannon.on({ for: '500ms' }));
  },
});

describe('startTestBot', () => {
  let bot: GadgetTestBot;
  afterEach(() => bot.stop());

  it('shows the pins that a plugin drives', async () => {
    bot = await startTestBot([confetti]);
    await bot.hear('!confetti');
    expect(bot.pins.GPIO22.level).toBe(1);
    await bot.clock.advance('500ms');
    expect(bot.pins.GPIO22.levels).toEqual([1, 0]);
  });

  it('presses the buttons that a plugin reads', async () => {
    bot = await startTestBot([confetti]);
    bot.pins.GPIO5.press();
    await bot.clock.advance('20ms');
    expect(bot.replies).toEqual(['Somebody pressed the button!']);
    expect(bot.pins.GPIO5.level).toBe(0);
    bot.pins.GPIO5.release();
    expect(bot.pins.GPIO5.level).toBe(1);
  });

  it('takes gadgets as plugins.yaml has them, and records what pins do', async () => {
    bot = await startTestBot([], {
      config: { gpio: { gadgets: { lamp: { type: 'light', pin: 'GPIO17' } } } },
    });
    await bot.hear('!lamp on');
    expect(bot.events.filter(({ type }) => type === 'pin')).toEqual([
      { type: 'pin', data: { gadget: 'lamp', pin: 'GPIO17', level: 1, on: true } },
    ]);
  });

  it('keeps the gpio plugin on the simulated board, whatever its config says', async () => {
    bot = await startTestBot([], { config: { gpio: { driver: 'chardev' } } });
    expect(bot.find(Gpio)?.driver).toBe('simulated');
  });
});
