import { type Account, type InjectionToken, inject, injectable } from '@pertybot/core';
import { TwitchIdClient } from '../twitch/twitch-id-client.js';
import { accountKey } from './account.js';
import { type Grant, TokenStore } from './token-store.js';

/** What a refresh gave. */
export type Refresh =
  /** A new access token lies in the store. */
  | { readonly status: 'refreshed'; readonly grant: Grant }
  /** The grant is over, or there is none: only a login helps. */
  | { readonly status: 'dead' };

/** Buys a new access token with the refresh token. */
export interface TokenRefresher {
  /**
   * Replaces an access token of `account`. Whoever calls while a refresh is in flight, in this process or in another
   * one, gets what that one gives. It cannot be called off: a refresh token may work only once, so an answer
   * that nobody waits for would be a login lost.
   * @param stale the access token to replace; when the store holds another one by now, that one is given
   * @throws OAuthError that is transient when it may work later, else when the configuration is wrong; the
   * grant is kept in both cases
   */
  refresh(account: Account, stale: string): Promise<Refresh>;
}

/** Injection token of {@link TokenRefresher}. */
export const TokenRefresher: InjectionToken<TokenRefresher> = Symbol.for('pertybot.TokenRefresher');

/**
 * Refreshes under the lock of the {@link TokenStore}: whoever enters second reads what the first one stored,
 * and one flight serves all callers in this process.
 */
@injectable()
export class LockedTokenRefresher implements TokenRefresher {
  private readonly flights = new Map<string, Promise<Refresh>>();
  /** Grants that Twitch gave and the disk did not take, by the access token that each replaces. */
  private readonly unsaved = new Map<string, Grant>();

  constructor(
    @inject(TokenStore) private readonly store: TokenStore,
    private readonly client: TwitchIdClient,
  ) {}

  async refresh(account: Account, stale: string): Promise<Refresh> {
    for (;;) {
      const result = await (this.flights.get(accountKey(account)) ?? this.fly(account, stale));
      // A flight that another caller began may end with the very token that this one knows as stale.
      if (result.status === 'dead' || result.grant.accessToken !== stale) return result;
    }
  }

  private fly(account: Account, stale: string): Promise<Refresh> {
    const key = accountKey(account);
    const flight = this.store
      .exclusively(() => this.replace(account, stale))
      .finally(() => this.flights.delete(key));
    this.flights.set(key, flight);
    return flight;
  }

  private async replace(account: Account, stale: string): Promise<Refresh> {
    const grant = await this.store.read(account);
    if (grant === undefined) return { status: 'dead' };
    if (grant.accessToken !== stale) return { status: 'refreshed', grant };
    const next = this.unsaved.get(stale) ?? (await this.buy(grant));
    if (next === undefined) return { status: 'dead' };
    // A one-time refresh token is spent now: until the disk has the new one, memory is all there is.
    this.unsaved.set(stale, next);
    await this.store.write(account, next);
    this.unsaved.delete(stale);
    return { status: 'refreshed', grant: next };
  }

  private async buy(grant: Grant): Promise<Grant | undefined> {
    if (grant.refreshToken === undefined) return undefined;
    const answer = await this.client.refresh(grant.refreshToken);
    if (answer === undefined) return undefined;
    return {
      clientId: grant.clientId,
      accessToken: answer.accessToken,
      refreshToken: answer.refreshToken ?? grant.refreshToken,
      scopes: answer.scopes ?? grant.scopes,
      login: grant.login,
    };
  }
}
