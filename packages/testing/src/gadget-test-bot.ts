import { isPlugin, type Plugin } from '@pertybot/core';
import {
  startTestBot as startCoreTestBot,
  type TestBot,
  type TestBotOptions,
  type TestEntry,
} from '@pertybot/core/testing';
import gpio, { SimulatedBoard } from '@pertybot/plugin-gpio';
import { type TestPins, toTestPins } from './test-pins.js';

/** A test bot with the gpio plugin on a simulated board. */
export interface GadgetTestBot extends TestBot {
  /** The pins of its board: `bot.pins.GPIO17.level`. */
  readonly pins: TestPins;
}

/**
 * Starts a bot of the given plugins and the gpio plugin, without network or hardware, on a clock that
 * the test moves. Config of the gpio plugin goes under `config.gpio`.
 *
 * @throws ConfigError when a config is wrong or a need is not met
 * @throws TypeError when the gpio plugin did not start
 * @example
 * const bot = await startTestBot([confetti], { config: { confetti: { pin: 'GPIO22' } } });
 * await bot.hear('!confetti', { roles: ['subscriber'] });
 * expect(bot.pins.GPIO22.level).toBe(1);
 */
export async function startTestBot(
  plugins: readonly (Plugin | TestEntry)[] = [],
  options: Omit<TestBotOptions, 'start'> = {},
): Promise<GadgetTestBot> {
  const given = plugins.map((each): TestEntry => (isPlugin(each) ? { plugin: each } : each));
  const own = given.find(({ plugin }) => plugin.name === gpio.name);
  const config = own?.config ?? options.config?.gpio ?? {};
  const simulated: TestEntry = { plugin: gpio, ...own, config: { ...config, driver: 'simulated' } };
  const others = given.filter((entry) => entry !== own);
  const bot = await startCoreTestBot([simulated, ...others], { ...options, start: false });
  for (const type of ['pin', 'gadget', 'estop'] as const) {
    bot.on(type, (data) => void bot.events.push({ type, data }));
  }
  await bot.start();
  const first = bot.find(SimulatedBoard);
  if (!first) throw new TypeError(`The gpio plugin did not start: ${JSON.stringify(bot.log)}`);
  let board = first;
  const current = () => {
    board = bot.find(SimulatedBoard) ?? board;
    return board;
  };
  return Object.assign(bot, { pins: toTestPins(current) });
}
