import { type Plugin } from '@pertybot/core';
import { defaultId, isPlugin } from '@pertybot/core/host';
import {
  readBotEntries,
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

/** How a {@link GadgetTestBot} differs from the ordinary one. */
export interface GadgetTestBotOptions extends Omit<TestBotOptions, 'start'> {
  /** Folder of a plugins.yaml that says the config and the commands of the plugins given. */
  readonly folder?: string;
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
  { folder, ...options }: GadgetTestBotOptions = {},
): Promise<GadgetTestBot> {
  const given = plugins.map((each): TestEntry => (isPlugin(each) ? { plugin: each } : each));
  const own = given.find(({ plugin }) => plugin.name === gpio.name) ?? { plugin: gpio };
  const all = [own, ...given.filter((entry) => entry !== own)];
  const file = folder === undefined ? undefined : await readBotEntries(folder);
  const entries = all.map((entry) => {
    const { plugin, id = plugin.name } = entry;
    const said = file?.entries.find((each) => each.id === id || defaultId(each.use) === id);
    const config = entry.config ?? options.config?.[id] ?? said?.config;
    const { commands = said?.commands ?? {}, rewards = said?.rewards ?? {} } = entry;
    return {
      ...entry,
      id,
      commands,
      rewards,
      config: plugin === gpio ? simulated(config) : config,
    };
  });
  const { prefix = file?.prefix } = options;
  const bot = await startCoreTestBot(entries, { ...options, ...(prefix && { prefix }) });
  const first = bot.find(SimulatedBoard);
  if (!first) {
    // Nobody has it yet who could stop it.
    await bot.stop();
    throw new TypeError(`The gpio plugin did not start: ${JSON.stringify(bot.log)}`);
  }
  let board = first;
  const current = () => {
    board = bot.find(SimulatedBoard) ?? board;
    return board;
  };
  return Object.assign(bot, { pins: toTestPins(current) });
}

function simulated(config: unknown): unknown {
  return { ...(typeof config === 'object' ? config : {}), driver: 'simulated' };
}
