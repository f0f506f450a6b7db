import type { Account } from '@pertybot/core';
import { OAuthError } from '../twitch/oauth-error.js';

/** Whom a login is for: like {@link Account}, where it may be left open which broadcaster it is. */
export type LoginAccount =
  | { readonly account: 'bot' }
  | { readonly account: 'broadcaster'; readonly channel?: string | undefined };

/** The bot's own account. */
export const botAccount: Account = { account: 'bot' };

/**
 * Login of a channel as Twitch writes it, from what somebody wrote: `#Alice`, `@alice`.
 * @throws OAuthError when it is no login: it names a file, too
 */
export function toChannel(text: string): string {
  const channel = text.trim().replace(/^[#@]/, '').toLowerCase();
  if (/^[a-z0-9_]{1,25}$/.test(channel)) return channel;
  throw new OAuthError('OAUTH_CHANNEL_INVALID', `"${text.slice(0, 30)}" is no channel.`, {
    hint: 'Name a channel by its login: letters, digits and "_", at most 25.',
  });
}

/** Channel of a broadcaster's account; undefined for the bot's, and where it is left open. */
export function channelOf(account: LoginAccount): string | undefined {
  if (account.account === 'bot' || account.channel === undefined) return undefined;
  return toChannel(account.channel);
}

/** The account that is meant, or undefined where it is left open which broadcaster it is. */
export function toAccount(account: LoginAccount): Account | undefined {
  if (account.account === 'bot') return botAccount;
  const channel = channelOf(account);
  return channel === undefined ? undefined : { account: 'broadcaster', channel };
}

/** Names an account among those of a bot. */
export function accountKey(account: Account): string {
  return account.account === 'bot' ? 'bot' : `broadcaster ${toChannel(account.channel)}`;
}

/** An account in the owner's words, to follow "Log in as". */
export function describeAccount(account: LoginAccount, login: string | undefined): string {
  if (account.account === 'bot') {
    return login === undefined ? 'your bot’s account' : `"${login}"`;
  }
  return login === undefined ? 'the broadcaster’s account' : `"${login}", the broadcaster`;
}

/** Login of the account that is to log in, where it is known. */
export function expectedLogin(
  account: LoginAccount,
  config: { readonly account?: string | undefined; readonly broadcasters: readonly string[] },
): string | undefined {
  if (account.account === 'bot') return config.account;
  const [only, ...others] = config.broadcasters;
  return channelOf(account) ?? (others.length === 0 ? only : undefined);
}

/** The command by which `account` logs in. */
export function loginCommand(account: LoginAccount): string {
  if (account.account === 'bot') return 'pertybot login';
  const channel = channelOf(account);
  const which = channel === undefined ? '' : ` --channel ${channel}`;
  return `pertybot login --broadcaster${which}`;
}
