import { Bot, silentLogger } from '@pertybot/core/host';
import {
  type GpioConfig,
  type OutputInfo,
  type OutputLevels,
  outputLevels,
  planGadgets,
} from '@pertybot/plugin-gpio';
import { besidePertybot } from '../bot-folder/bot-folder.js';

/** A pin that the bot uses. */
export interface UsedPin {
  /** Such as `GPIO17`. */
  readonly pin: string;
  /** Gadget or plugin that uses it. */
  readonly by: string;
}

/** What hangs at the header. */
export interface UsedHeader {
  readonly pins: readonly UsedPin[];
  /** The levels of the gadgets' outputs while no bot holds them. */
  readonly levels: readonly OutputLevels[];
}

const pinForm = /^GPIO\d+$/;

/**
 * The pins that a bot's plugins.yaml hands out: those of its gadgets, and those in the config of other
 * plugins.
 * @throws ConfigError when plugins.yaml has faults
 */
export async function readUsedPins(folder: string): Promise<UsedHeader> {
  const bot = await Bot.load({
    folder,
    logger: silentLogger,
    resolveFrom: besidePertybot,
    mayLack: true,
    // Whether the login is set up does not matter for wires.
    overlay: { '@pertybot/plugin-oauth': { clientId: 'none', clientSecret: 'none' } },
  });
  const pins = bot.plugins.flatMap(({ id }) => pinsIn(bot.configOf(id), id));
  const levels = await Promise.all(
    bot.plugins
      .filter(({ provides, state }) => provides.includes('Gpio') && state.name !== 'disabled')
      // A variable that is missing may leave none.
      .filter(({ id }) => bot.configOf(id) !== undefined)
      // The schema of the plugin that provides Gpio has made it.
      .map(({ id }) => levelsOfGadgets(bot.configOf(id) as GpioConfig)),
  );
  return { pins, levels: levels.flat() };
}

/** Gadgets that cannot be built are `check`'s to tell. */
async function levelsOfGadgets(config: GpioConfig): Promise<readonly OutputLevels[]> {
  const none: { readonly outputs: readonly OutputInfo[] } = { outputs: [] };
  const { outputs } = await planGadgets(config).catch(() => none);
  return (await outputLevels(outputs, config.driver)).outputs;
}

/** Pins anywhere below a config; below `gadgets` each key names a gadget. */
export function pinsIn(config: unknown, by: string): readonly UsedPin[] {
  if (typeof config === 'string') return pinForm.test(config) ? [{ pin: config, by }] : [];
  if (typeof config !== 'object' || config === null) return [];
  return Object.entries(config).flatMap(([key, value]) => {
    if (key === 'gadgets' && typeof value === 'object' && value !== null) {
      return Object.entries(value).flatMap(([name, gadget]) => pinsIn(gadget, name));
    }
    return pinsIn(value, by);
  });
}
