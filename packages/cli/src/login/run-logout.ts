import { createLogger } from '../bot-process/logging.js';
import { interruptible } from '../bot-process/shutdown.js';
import { TerminalPrompt } from '../terminal/terminal-prompt.js';
import { oauthOfBot } from './oauth-of-bot.js';

/** Logs the bot out. @returns a sentence about it */
export async function runLogout(folder: string): Promise<string> {
  const logger = createLogger({ folder, level: 'warn' });
  const services = await oauthOfBot(folder, { logger, prompt: new TerminalPrompt() });
  const { found, revoked } = await interruptible((signal) => services.logout(signal));
  if (!found) return 'Nobody was logged in.';
  return revoked
    ? 'Logged out.'
    : 'Logged out here. Twitch could not be told; it forgets the login by itself.';
}
