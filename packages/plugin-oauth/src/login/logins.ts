import { type Account, type InjectionToken, inject, injectable } from '@pertybot/core';
import { accountKey, botAccount, type LoginAccount, toAccount } from '../token/account.js';
import { AccountScopes } from '../token/account-scopes.js';
import { TokenStore } from '../token/token-store.js';
import { TokenValidator } from '../token/token-validator.js';
import { OAuthConfig, staticTokenOf } from '../twitch/oauth-config.js';
import { TwitchIdClient } from '../twitch/twitch-id-client.js';

/** A scope that somebody wants, or that the login has. */
export interface ScopeStatus {
  readonly scope: string;
  /** Ids of the plugins that want it. */
  readonly plugins: readonly string[];
  readonly granted: boolean;
}

/** How a login stands, without any secret. */
export type LoginStatus =
  /** Nobody has logged in yet. */
  | { readonly status: 'none' }
  | {
      readonly status: 'valid';
      /** Login of the account. */
      readonly login: string;
      readonly userId: string;
      /** Milliseconds that the token lives on; undefined where it never expires. */
      readonly expiresIn: number | undefined;
      readonly scopes: readonly ScopeStatus[];
      /** Whether it is a token that the owner manages. */
      readonly ownToken: boolean;
    }
  | {
      /** Twitch refuses the token. */
      readonly status: 'invalid';
      /** Whether the bot can still refresh it; a login is needed otherwise. */
      readonly refreshable: boolean;
      readonly ownToken: boolean;
    }
  /** The token is of another account or application than configured. */
  | { readonly status: 'foreign'; readonly reason: string; readonly ownToken: boolean };

/** What became of a logout. */
export interface Logout {
  /** Whether there was a login to forget. */
  readonly found: boolean;
  /** Whether Twitch ended it; false where Twitch could not be reached, or had ended it before. */
  readonly revoked: boolean;
}

/** How the logins of a bot stand, and their end: for programs beside the bot, which notices what they do. */
export interface Logins {
  /**
   * Accounts that have a login or that want one: the bot's, and those of broadcasters where a plugin wants
   * something of them. One entry without a channel stands for a broadcaster who is not known yet.
   */
  accounts(): Promise<readonly LoginAccount[]>;
  /** Accounts that have a login. */
  stored(): Promise<readonly Account[]>;
  /**
   * Asks Twitch how a login stands.
   * @throws OAuthError when Twitch gives no verdict or the store cannot be read
   */
  status(account: LoginAccount, signal?: AbortSignal): Promise<LoginStatus>;
  /**
   * Ends a login at Twitch and forgets it here.
   * @throws OAuthError when it cannot be removed
   */
  logout(account: Account, signal?: AbortSignal): Promise<Logout>;
}

/** Injection token of {@link Logins}. */
export const Logins: InjectionToken<Logins> = Symbol.for('pertybot.Logins');

/** Looks into the {@link TokenStore}, whichever it is, and asks Twitch. */
@injectable()
export class StoredLogins implements Logins {
  constructor(
    @inject(TokenStore) private readonly store: TokenStore,
    @inject(TokenValidator) private readonly validator: TokenValidator,
    @inject(OAuthConfig) private readonly config: OAuthConfig,
    private readonly scopes: AccountScopes,
    private readonly client: TwitchIdClient,
  ) {}

  async accounts(): Promise<readonly LoginAccount[]> {
    // What is wrong with it is for its own status to say.
    const own = await this.store.read(botAccount).catch(() => undefined);
    const stored = (await this.store.accounts()).filter(({ account }) => account === 'broadcaster');
    this.scopes.learn(own, stored);
    const wanted = this.scopes.of({ account: 'broadcaster' }).length > 0;
    const named = (wanted ? this.config.broadcasters : [])
      .filter((channel) => channel !== this.config.account)
      .map((channel): Account => ({ account: 'broadcaster', channel }));
    const known = new Map([...stored, ...named].map((each) => [accountKey(each), each]));
    const isKnown = known.size > 0 || this.scopes.isShared;
    const isOpen = wanted && !isKnown && this.config.broadcasters.length === 0;
    return [
      botAccount,
      ...known.values(),
      ...(isOpen ? [{ account: 'broadcaster' } as const] : []),
    ];
  }

  stored(): Promise<readonly Account[]> {
    return this.store.accounts();
  }

  async status(account: LoginAccount, signal?: AbortSignal): Promise<LoginStatus> {
    const stored = toAccount(account);
    if (stored === undefined) return { status: 'none' };
    const own = account.account === 'bot' ? staticTokenOf(this.config, process.env) : undefined;
    const ownToken = own !== undefined;
    const grant = ownToken ? undefined : await this.store.read(stored);
    const token = own ?? grant?.accessToken;
    if (token === undefined) return { status: 'none' };
    const validation = await this.validator.validate(token, stored, signal);
    if (validation.status === 'invalid') {
      return { status: 'invalid', refreshable: grant?.refreshToken !== undefined, ownToken };
    }
    if (validation.status === 'foreign') return { ...validation, ownToken };
    const { login, userId, scopes: granted } = validation.token;
    const scopes = this.judgeScopes(account, login, granted);
    return { status: 'valid', login, userId, expiresIn: validation.expiresIn, scopes, ownToken };
  }

  logout(account: Account, signal?: AbortSignal): Promise<Logout> {
    const { store, client } = this;
    return store.exclusively(async () => {
      const grant = await store.read(account);
      if (grant === undefined) return { found: false, revoked: false };
      // The owner's word counts even where Twitch does not hear of it.
      const revoked = await client.revoke(grant.accessToken, signal).catch(() => false);
      await store.clear(account);
      return { found: true, revoked };
    }, signal);
  }

  private judgeScopes(
    account: LoginAccount,
    login: string,
    granted: readonly string[],
  ): readonly ScopeStatus[] {
    const wanted = this.scopes.of(account, login).map(({ scope, plugins }) => ({
      scope,
      plugins,
      granted: granted.includes(scope.toLowerCase()),
    }));
    const unasked = granted
      .filter((scope) => !wanted.some((each) => each.scope.toLowerCase() === scope))
      .map((scope) => ({ scope, plugins: [], granted: true }));
    return [...wanted, ...unasked];
  }
}
