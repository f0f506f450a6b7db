import { Bot, ConfigError, silentLogger } from '@pertybot/core/host';
import { besidePertybot } from '../bot-folder/bot-folder.js';

/**
 * What plugins.yaml lacks before the bot can start, such as a pin that only its owner knows.
 * @returns undefined when nothing is missing
 */
export async function fillInReport(folder: string): Promise<string | undefined> {
  try {
    await Bot.load({ folder, logger: silentLogger, resolveFrom: besidePertybot });
    return undefined;
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}
