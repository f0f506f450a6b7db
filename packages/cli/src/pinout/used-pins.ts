import { Bot, silentLogger } from '@pertybot/core';
import { besidePertybot } from '../bot-folder.js';

/** A pin that the bot uses. */
export interface UsedPin {
  /** Such as `GPIO17`. */
  readonly pin: string;
  /** Gadget or plugin that uses it. */
  readonly by: string;
}

const pinForm = /^GPIO\d+$/;

/**
 * The pins that a bot's plugins.yaml hands out: those of its gadgets, and those in the config of other
 * plugins.
 * @throws ConfigError when plugins.yaml has faults
 */
export async function readUsedPins(folder: string): Promise<readonly UsedPin[]> {
  const bot = await Bot.load({
    folder,
    logger: silentLogger,
    resolveFrom: besidePertybot,
    // Whether the login is set up does not matter for wires.
    overlay: { '@pertybot/plugin-oauth': { clientId: 'none', clientSecret: 'none' } },
  });
  return bot.plugins.flatMap(({ id }) => pinsIn(bot.configOf(id), id));
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
