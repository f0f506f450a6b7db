import { type Account, type InjectionToken, type Undo, v } from '@pertybot/core';

/** What a login gives: the right to act for an account until Twitch or the owner ends it. */
export interface Grant {
  /** Client id of the application that it belongs to. */
  readonly clientId: string;
  /** A secret: never log, print or show it. */
  readonly accessToken: string;
  /** Buys the next access token. A secret, too; absent where Twitch gave none. */
  readonly refreshToken?: string | undefined;
  /** Scopes that the account agreed to. */
  readonly scopes: readonly string[];
  /** Login of the account that agreed, where Twitch could be asked. */
  readonly login?: string | undefined;
}

/** Schema of a {@link Grant} as it lies in a file. */
export const grantSchema = v.object({
  clientId: v.string(),
  accessToken: v.pipe(v.string(), v.nonEmpty()),
  refreshToken: v.optional(v.pipe(v.string(), v.nonEmpty())),
  scopes: v.array(v.string()),
  login: v.optional(v.string()),
});

/** Keeps the grants, one for each account, across restarts. */
export interface TokenStore {
  /**
   * The grant of `account`, or undefined where there is none.
   * @throws OAuthError when it cannot be read
   */
  read(account: Account): Promise<Grant | undefined>;
  /**
   * Puts `grant` in the place of what `account` had. When the promise resolves, no loss of power loses it.
   * Call it inside {@link TokenStore.exclusively}.
   * @throws OAuthError when it cannot be written
   */
  write(account: Account, grant: Grant): Promise<void>;
  /** Forgets the grant of `account`. Call it inside {@link TokenStore.exclusively}. */
  clear(account: Account): Promise<void>;
  /** Accounts that have a grant. */
  accounts(): Promise<readonly Account[]>;
  /**
   * Runs `task` while nobody else, in this process or another one, runs one.
   * @throws OAuthError when that cannot be had
   */
  exclusively<Result>(task: () => Promise<Result>, signal?: AbortSignal): Promise<Result>;
  /** Calls `listener` when a grant may have changed, also by another process. */
  onChange(listener: () => void): Undo;
}

/** Injection token of {@link TokenStore}. */
export const TokenStore: InjectionToken<TokenStore> = Symbol.for('pertybot.TokenStore');
