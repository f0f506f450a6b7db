import type { Account } from '@pertybot/core';
import type { LogLevel } from '@pertybot/core/host';
import {
  Login,
  type LoginAccount,
  type LoginMethod,
  Logins,
  type Logout,
} from '@pertybot/plugin-oauth';
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

/** Logs accounts out: one, or every broadcaster where none is named. @returns a sentence about each */
export async function runLogout(folder: string, account: LoginAccount): Promise<string> {
  const logger = createLogger({ folder, level: 'warn' });
  const logins = await borrowLogin(Logins, { folder, logger });
  const accounts = await choose(logins, account);
  if (accounts.length === 0) return 'No broadcaster was logged in.';
  const lines: string[] = [];
  for (const each of accounts) {
    lines.push(describe(each, await interruptible((signal) => logins.logout(each, signal))));
  }
  return [...lines, ...(await whoStays(logins, account))].join('\n');
}

async function choose(logins: Logins, account: LoginAccount): Promise<readonly Account[]> {
  if (account.account === 'bot') return [account];
  const { channel } = account;
  return channel === undefined ? loggedIn(logins) : [{ account: 'broadcaster', channel }];
}

/** Broadcasters that are logged in. */
async function loggedIn(logins: Logins): Promise<readonly Account[]> {
  const accounts = await logins.stored();
  return accounts.filter(({ account }) => account === 'broadcaster');
}

function describe(account: Account, { found, revoked }: Logout): string {
  const who = account.account === 'bot' ? '' : ` "${account.channel}"`;
  if (!found)
    return account.account === 'bot' ? 'Nobody was logged in.' : `Nobody was logged in as${who}.`;
  return revoked
    ? `Logged out${who}.`
    : `Logged out${who} here. Twitch could not be told; it forgets the login by itself.`;
}

/** Whoever logs the bot out may mean everybody. */
async function whoStays(logins: Logins, account: LoginAccount): Promise<readonly string[]> {
  if (account.account !== 'bot') return [];
  const others = await loggedIn(logins);
  const names = others.flatMap((each) => ('channel' in each ? [`"${each.channel}"`] : []));
  if (names.length === 0) return [];
  const who = names.length === 1 ? 'The broadcaster' : 'The broadcasters';
  const stay = names.length === 1 ? 'stays' : 'stay';
  return [`${who} ${names.join(', ')} ${stay} logged in; run pertybot logout --broadcaster.`];
}
