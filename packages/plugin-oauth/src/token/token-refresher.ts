import { type InjectionToken, inject, injectable } from '@pertybot/core';
import { TwitchIdClient } from '../twitch/twitch-id-client.js';
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

/**
 * Refreshes under the lock of the {@link TokenStore}: whoever enters second reads what the first one stored,
 * and one flight serves all callers in this process.
 */
@injectable()
export class LockedTokenRefresher implements TokenRefresher {
  private flight: Promise<Refresh> | undefined;
  /** A grant that Twitch gave and the disk did not take, and the access token that it replaces. */
  private unsaved: { readonly replaces: string; readonly grant: Grant } | undefined;

  constructor(
    @inject(TokenStore) private readonly store: TokenStore,
    private readonly client: TwitchIdClient,
  ) {}

  async refresh(stale: string): Promise<Refresh> {
    for (;;) {
      this.flight ??= this.store
        .exclusively(() => this.replace(stale))
        .finally(() => {
          this.flight = undefined;
        });
      const result = await this.flight;
      // A flight that another caller began may end with the very token that this one knows as stale.
      if (result.status === 'dead' || result.grant.accessToken !== stale) return result;
    }
  }

  private async replace(stale: string): Promise<Refresh> {
    const grant = await this.store.read();
    if (grant === undefined) return { status: 'dead' };
    if (grant.accessToken !== stale) return { status: 'refreshed', grant };
    const next = this.unsaved?.replaces === stale ? this.unsaved.grant : await this.buy(grant);
    if (next === undefined) return { status: 'dead' };
    // A one-time refresh token is spent now: until the disk has the new one, memory is all there is.
    this.unsaved = { replaces: stale, grant: next };
    await this.store.write(next);
    this.unsaved = undefined;
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
    };
  }
}
