import type { LogLevel } from '@pertybot/core';
import type { LoginMethod } from '@pertybot/plugin-oauth';
import { createLogger } from '../bot-process/logging.js';
import { interruptible } from '../bot-process/shutdown.js';
import { TerminalPrompt } from '../terminal/terminal-prompt.js';
import { oauthOfBot } from './oauth-of-bot.js';

/** What `pertybot login` was told. */
export interface RunLoginOptions {
  readonly folder: string;
  /** @default what plugins.yaml says */
  readonly method: LoginMethod | undefined;
  readonly logLevel: LogLevel | undefined;
}

/** Logs the bot in. @returns a sentence about it */
export async function runLogin({ folder, method, logLevel }: RunLoginOptions): Promise<string> {
  const logger = createLogger({ folder, level: logLevel ?? 'warn' });
  const { login } = await oauthOfBot(folder, { logger, prompt: new TerminalPrompt() });
  const token = await interruptible((signal) => login.run({ signal, ...(method && { method }) }));
  return token === undefined
    ? 'Logged in; Twitch could not be asked about it yet.'
    : `Logged in as "${token.login}".`;
}
