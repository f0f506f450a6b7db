import { join } from 'node:path';
import { messageOf } from '@pertybot/core';
import { Bot, silentLogger } from '@pertybot/core/host';
import { type GpioConfig, OwnLines, type SafePin, setConfiguredPins } from '@pertybot/plugin-gpio';
import { besidePertybot } from '../bot-folder/bot-folder.js';

/** Plugins whose config names pins. */
const gpioUse = /^(gpio|@pertybot\/plugin-gpio)$/;

/**
 * Switches off the outputs that plugins.yaml names, for a bot whose list of outputs is lost.
 * @param state what became of the list; one that is absent after a clean end of a service was not lost
 * @param environment in which systemd says how the service ended
 */
export async function tidyConfigured(
  folder: string,
  state: 'absent' | 'unreadable',
  environment: NodeJS.ProcessEnv = process.env,
): Promise<readonly SafePin[]> {
  if (state === 'absent' && environment.SERVICE_RESULT === 'success') return [];
  try {
    const bot = await Bot.load({ folder, logger: silentLogger, resolveFrom: besidePertybot });
    const ownLines = new OwnLines(join(folder, '.pertybot'));
    const results: SafePin[] = [];
    for (const plugin of bot.plugins) {
      if (!gpioUse.test(plugin.use) || plugin.state.name === 'disabled') continue;
      // The plugin's own schema has made it when the bot was loaded.
      const config = bot.configOf(plugin.id) as GpioConfig;
      results.push(...(await setConfiguredPins(config, ownLines)));
    }
    return results;
  } catch (error) {
    const reason = `plugins.yaml does not say which outputs there are: ${messageOf(error)}`;
    return [{ offset: -1, name: 'An output', safe: 0, outcome: 'failed', reason }];
  }
}
