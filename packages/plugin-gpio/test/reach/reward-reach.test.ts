import { afterEach, describe, expect, it } from '@jest/globals';
import gpio, { Gadgets, Gpio, reachOfRewards } from '@pertybot/plugin-gpio';
import { type GpioBot, startGpioBot } from '../start-gpio-bot.js';

const minute = 60_000;

describe('reachOfRewards', () => {
  let bot: GpioBot;
  afterEach(() => bot.stop());

  async function reach(words: string, said: Partial<Parameters<typeof reachOfRewards>[0][0]> = {}) {
    const gadgets = { lamp: { type: 'light', pin: 'GPIO17', maxOn: '10m', crowd: 'vote(20s)' } };
    bot = await startGpioBot({ gadgets });
    const command = bot.commands.find(({ name }) => name === 'lamp');
    const reward = {
      ...{ title: 'Lamp', cost: 500, plugin: gpio.name, cooldown: 0, input: false },
      runs: command && { command: { ...command, allow: 'broadcaster' as const }, words },
      ...said,
    };
    const { list = [] } = bot.find(Gadgets) ?? {};
    const { outputs = [] } = bot.find(Gpio) ?? {};
    return reachOfRewards([reward], { plugin: gpio.name, gadgets: list, outputs })[0]?.outputs[0];
  }

  it('has no cooldown, whatever the command has in chat', async () => {
    expect(await reach('on 1m')).toMatchObject({
      pin: 'GPIO17',
      longest: minute,
      inAnHour: 60 * minute,
      forGood: true,
    });
  });

  it('goes by the pause and the number that Twitch keeps', async () => {
    expect(await reach('on 1m', { cooldown: 10 * minute })).toMatchObject({
      inAnHour: 6 * minute,
      forGood: false,
    });
    await bot.stop();
    expect(await reach('on 1m', { maxPerStream: 3 })).toMatchObject({
      inAnHour: 3 * minute,
      forGood: false,
    });
  });

  it('takes the longest where viewers say for how long', async () => {
    expect(await reach('', { input: true })).toMatchObject({ longest: 10 * minute });
  });
});
