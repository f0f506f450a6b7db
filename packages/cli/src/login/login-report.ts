import { formatDuration, isPertyError, messageOf } from '@pertybot/core';
import { type LoginAccount, type LoginStatus, Logins, loginCommand } from '@pertybot/plugin-oauth';
import { createLogger } from '../bot-process/logging.js';
import type { Style } from '../terminal/style.js';
import { withPlainTexts } from '../terminal/text.js';
import { borrowLogin } from './borrow-login.js';

/** How the login stands, or why that is not known. */
export type LoginReport = LoginStatus | UnknownLogin;

interface UnknownLogin {
  readonly status: 'unknown';
  readonly reason: string;
  /** What to do about it. */
  readonly hint?: string;
}

/** How the login of one account stands. */
export interface AccountReport {
  readonly account: LoginAccount;
  readonly report: LoginReport;
}

/**
 * Asks Twitch how the bot's login stands, and those of broadcasters where there are any or a plugin wants one.
 * @returns the bot's first; nothing for a bot that needs no login
 */
export async function readLoginReports(folder: string): Promise<readonly AccountReport[]> {
  try {
    const logger = createLogger({ folder, level: 'error' });
    return await reportsOf(await borrowLogin(Logins, { folder, logger }));
  } catch (error) {
    if (isPertyError(error) && error.code === 'CLI_NO_LOGIN') return [];
    return [{ account: { account: 'bot' }, report: toUnknown(error) }];
  }
}

/** How all logins of a bot stand, the bot's own first. */
export async function reportsOf(logins: Logins): Promise<readonly AccountReport[]> {
  const accounts = await logins.accounts();
  return Promise.all(
    accounts.map(async (account) => ({ account, report: await readReport(logins, account) })),
  );
}

async function readReport(logins: Logins, account: LoginAccount): Promise<LoginReport> {
  try {
    return await logins.status(account);
  } catch (error) {
    return toUnknown(error);
  }
}

function toUnknown(error: unknown): LoginReport {
  const code = isPertyError(error) ? error.code : '';
  if (code === 'CONFIG_MISSING') {
    return { status: 'unknown', reason: 'there is no plugins.yaml in this folder' };
  }
  if (code.startsWith('CONFIG_')) {
    return { status: 'unknown', reason: 'plugins.yaml has faults; run pertybot check' };
  }
  const hint = isPertyError(error) ? error.hint : undefined;
  return { status: 'unknown', reason: messageOf(error), ...(hint && { hint }) };
}

/**
 * A login for people, a line or more.
 * @param bot how the running bot stands; undefined where none runs
 */
export function formatLogin(
  each: AccountReport,
  style: Style,
  bot?: { readonly waitsForLogin: boolean },
): readonly string[] {
  const { account, report } = withPlainTexts(each);
  const command = loginCommand(account);
  switch (report.status) {
    case 'none':
      return [style.yellow(`nobody is logged in; run ${command}`)];
    case 'invalid':
      return formatInvalid(report, style, { bot, command });
    case 'foreign':
      return [style.red(report.reason)];
    case 'unknown':
      return [style.yellow(report.reason), ...(report.hint ? [report.hint] : [])];
    case 'valid':
      return formatValid(report, style, command);
  }
}

function formatInvalid(
  { refreshable }: Extract<LoginStatus, { status: 'invalid' }>,
  style: Style,
  {
    bot,
    command,
  }: {
    readonly bot: { readonly waitsForLogin: boolean } | undefined;
    readonly command: string;
  },
): string[] {
  if (!refreshable) return [style.red(`Twitch refuses the token; run ${command}`)];
  if (bot?.waitsForLogin) return [style.red(`Twitch has ended the login; run ${command}`)];
  // Whether Twitch gives another token is known only when it was asked for one.
  return bot === undefined
    ? ['the token has expired; when the bot starts it asks for another one, or for a login']
    : ['the token has expired; the bot asks for another one by itself'];
}

function formatValid(
  report: Extract<LoginStatus, { status: 'valid' }>,
  style: Style,
  command: string,
): string[] {
  const { login, expiresIn, ownToken, scopes } = report;
  const until =
    expiresIn === undefined ? '' : `, the token is good for ${formatDuration(expiresIn)}`;
  const whose = ownToken ? ', by a token of your own' : '';
  return [
    `${style.green(login)}${until}${whose}`,
    ...scopes.map(({ scope, plugins, granted }) => {
      const wanted = plugins.length === 0 ? 'nobody needs it' : `for ${plugins.join(', ')}`;
      return granted
        ? style.dim(`${scope} (${wanted})`)
        : style.red(`${scope} is missing (${wanted}); run ${command}`);
    }),
  ];
}
