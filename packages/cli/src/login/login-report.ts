import { formatDuration, isPertyError, messageOf } from '@pertybot/core';
import type { LoginStatus } from '@pertybot/plugin-oauth';
import { createLogger } from '../bot-process/logging.js';
import type { Style } from '../terminal/style.js';
import { TerminalPrompt } from '../terminal/terminal-prompt.js';
import { oauthOfBot } from './oauth-of-bot.js';

/** How the login stands, or why that is not known. */
export type LoginReport = LoginStatus | { readonly status: 'unknown'; readonly reason: string };

/**
 * Asks Twitch how the bot's login stands.
 * @returns undefined for a bot that needs none
 */
export async function readLoginReport(folder: string): Promise<LoginReport | undefined> {
  try {
    const logger = createLogger({ folder, level: 'error' });
    const services = await oauthOfBot(folder, { logger, prompt: new TerminalPrompt() });
    return await services.status();
  } catch (error) {
    if (isPertyError(error) && error.code === 'CLI_NO_LOGIN') return undefined;
    if (isPertyError(error) && error.code === 'CONFIG_MISSING') {
      return { status: 'unknown', reason: 'there is no plugins.yaml in this folder' };
    }
    if (isPertyError(error) && error.code.startsWith('CONFIG_')) {
      return { status: 'unknown', reason: 'plugins.yaml has faults; run pertybot check' };
    }
    return { status: 'unknown', reason: messageOf(error) };
  }
}

/**
 * The login for people, a line or more.
 * @param bot how the running bot stands; undefined where none runs
 */
export function formatLogin(
  report: LoginReport,
  style: Style,
  bot?: { readonly waitsForLogin: boolean },
): readonly string[] {
  switch (report.status) {
    case 'none':
      return [style.yellow('nobody is logged in; run pertybot login')];
    case 'invalid':
      return formatInvalid(report, style, bot);
    case 'foreign':
      return [style.red(report.reason)];
    case 'unknown':
      return [style.yellow(report.reason)];
    case 'valid':
      return formatValid(report, style);
  }
}

function formatInvalid(
  { refreshable }: Extract<LoginStatus, { status: 'invalid' }>,
  style: Style,
  bot: { readonly waitsForLogin: boolean } | undefined,
): string[] {
  if (!refreshable) return [style.red('Twitch refuses the token; run pertybot login')];
  if (bot?.waitsForLogin) return [style.red('Twitch has ended the login; run pertybot login')];
  // Whether Twitch gives another token is known only when it was asked for one.
  return bot === undefined
    ? ['the token has expired; when the bot starts it asks for another one, or for a login']
    : ['the token has expired; the bot asks for another one by itself'];
}

function formatValid(report: Extract<LoginStatus, { status: 'valid' }>, style: Style): string[] {
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
        : style.red(`${scope} is missing (${wanted}); run pertybot login`);
    }),
  ];
}
