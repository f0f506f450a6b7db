import type { Undo } from './consumer.js';
import type { InjectionToken } from './injection.js';

/** Whose token is meant: the bot's own account, which chats, or the broadcaster's, the owner of a channel. */
export type Account =
  | { readonly account: 'bot' }
  | {
      readonly account: 'broadcaster';
      /** Login of the channel, which is that of its owner. */
      readonly channel: string;
    };

/** A token that the provider of {@link AccessTokens} holds to be valid. */
export interface AccessToken {
  /** The secret itself: never log, print or store it. */
  readonly token: string;
  readonly clientId: string;
  /** Twitch's user id of the account. */
  readonly userId: string;
  /** Login name of the account, lower case. */
  readonly login: string;
  readonly scopes: readonly string[];
}

/** What a caller of {@link AccessTokens.get} needs. */
export type AccessTokenRequest = {
  /** Scopes that the token must have. @default none in particular */
  readonly scopes?: readonly string[];
  /** Gives up waiting. */
  readonly signal?: AbortSignal;
} & ({ readonly account?: 'bot' } | Extract<Account, { account: 'broadcaster' }>);

/** Hands out valid access tokens: of the bot's account, and of the broadcasters whose plugins want it. */
export interface AccessTokens {
  /**
   * A valid token, of the bot unless another account is named. Waits, for as long as it takes, while somebody
   * must log in; a broadcaster is asked for a login when his token is wanted for the first time, and not before.
   * @throws the signal's reason when the request's signal fires
   */
  get(request?: AccessTokenRequest): Promise<AccessToken>;
  /** Says that Twitch refused `token`; the next {@link AccessTokens.get} gives another one. */
  invalidate(token: string): Promise<void>;
  /**
   * Calls `listener` with each new token, and with undefined when the grant is dead.
   * @param account whose; it asks nobody for a login. @default the bot
   */
  onChange(listener: (token: AccessToken | undefined) => void, account?: Account): Undo;
}

/** Injection token of {@link AccessTokens}. */
export const AccessTokens: InjectionToken<AccessTokens> = Symbol.for('pertybot.AccessTokens');

/** A scope that a plugin wants, and of which account; written as text alone it is wanted of the bot. */
export interface WantedScope {
  /** Twitch's scope, such as `channel:manage:redemptions`. */
  readonly scope: string;
  readonly account: Account['account'];
}

/** What a plugin wrote into its `scopes`. */
export function toWantedScope(scope: string | WantedScope): WantedScope {
  return typeof scope === 'string' ? { scope, account: 'bot' } : scope;
}

/** A scope, of which account it is wanted, and who wants it. */
export interface RequestedScope extends WantedScope {
  /** Ids of the plugins that want it. */
  readonly plugins: readonly string[];
}

/** What all enabled plugins together want from the bot's account and from the broadcasters. Core provides it. */
export interface RequestedScopes {
  readonly list: readonly RequestedScope[];
  /** Calls `listener` after a reload that changed the list. */
  onChange(listener: (list: readonly RequestedScope[]) => void): Undo;
  /**
   * Adds what is wanted only now to what plugins declare, such as for an event to which a plugin begins to listen,
   * with who wants it. It is remembered for a login beside the bot.
   */
  want(scopes: readonly RequestedScope[]): Undo;
}

/** Injection token of {@link RequestedScopes}. */
export const RequestedScopes: InjectionToken<RequestedScopes> = Symbol.for(
  'pertybot.RequestedScopes',
);
