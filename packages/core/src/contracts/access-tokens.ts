import type { InjectionToken } from './injection.js';
import type { Undo } from './undo.js';

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
export interface AccessTokenRequest {
  /** Scopes that the token must have. @default none in particular */
  readonly scopes?: readonly string[];
  /** Gives up waiting. */
  readonly signal?: AbortSignal;
}

/** Hands out valid access tokens of the bot's account. */
export interface AccessTokens {
  /**
   * A valid token. Waits, for as long as it takes, while the owner must log in.
   * @throws the signal's reason when the request's signal fires
   */
  get(request?: AccessTokenRequest): Promise<AccessToken>;
  /** Says that Twitch refused `token`; the next {@link AccessTokens.get} gives another one. */
  invalidate(token: string): Promise<void>;
  /** Calls `listener` with each new token, and with undefined when the grant is dead. */
  onChange(listener: (token: AccessToken | undefined) => void): Undo;
}

/** Injection token of {@link AccessTokens}. */
export const AccessTokens: InjectionToken<AccessTokens> = Symbol.for('pertybot.AccessTokens');

/** A scope and who wants it. */
export interface RequestedScope {
  /** Twitch's scope, such as `chat:read`. */
  readonly scope: string;
  /** Ids of the plugins that want it. */
  readonly plugins: readonly string[];
}

/** What all enabled plugins together want from the account. Core provides it. */
export interface RequestedScopes {
  readonly list: readonly RequestedScope[];
  /** Calls `listener` after a reload that changed the list. */
  onChange(listener: (list: readonly RequestedScope[]) => void): Undo;
}

/** Injection token of {@link RequestedScopes}. */
export const RequestedScopes: InjectionToken<RequestedScopes> = Symbol.for(
  'pertybot.RequestedScopes',
);
