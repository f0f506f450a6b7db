import type { InjectionToken } from '@pertybot/core';
import type { Grant } from './grant.js';

/** What a refresh gave. */
export type Refresh =
  /** A new access token lies in the store. */
  | { readonly status: 'refreshed'; readonly grant: Grant }
  /** The grant is over, or there is none: only a login helps. */
  | { readonly status: 'dead' };

/** Buys a new access token with the refresh token. */
export interface TokenRefresher {
  /**
   * Replaces an access token. Whoever calls while a refresh is in flight, in this process or in another
   * one, gets what that one gives. It cannot be called off: a refresh token may work only once, so an answer
   * that nobody waits for would be a login lost.
   * @param stale the access token to replace; when the store holds another one by now, that one is given
   * @throws OAuthError that is transient when it may work later, else when the configuration is wrong; the
   * grant is kept in both cases
   */
  refresh(stale: string): Promise<Refresh>;
}

/** Injection token of {@link TokenRefresher}. */
export const TokenRefresher: InjectionToken<TokenRefresher> = Symbol.for('pertybot.TokenRefresher');
