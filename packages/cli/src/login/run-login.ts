import type { LogLevel } from '@pertybot/core';
import { Login, type LoginAccount, type LoginMethod } from '@pertybot/plugin-oauth';
import { createLogger } from '../bot-process/logging.js';
import { interruptible } from '../bot-process/shutdown.js';
import { borrowLogin } from './borrow-login.js';

/** What `pertybot login` was told. */
export interface RunLoginOptions {
  readonly folder: string;
  /** Whose login. */
  readonly account: LoginAccount;
  /** @default what plugins.yaml says */
  readonly method: LoginMethod | undefined;
  readonly logLevel: LogLevel | undefined;
}

/** Logs an account in. @returns a sentence about it */
export async function runLogin(options: RunLoginOptions): Promise<string> {
  const { folder, account, method, logLevel } = options;
  const logger = createLogger({ folder, level: logLevel ?? 'warn' });
  const login = await borrowLogin(Login, { folder, logger });
  const valid = await interruptible((signal) =>
    login.run({ account, signal, ...(method && { method }) }),
  );
  if (valid === undefined) return 'Logged in; Twitch could not be asked about it yet.';
  const as = account.account === 'bot' ? '' : ', the broadcaster';
  return `Logged in as "${valid.token.login}"${as}.`;
}
