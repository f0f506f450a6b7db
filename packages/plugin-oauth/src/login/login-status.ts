import type { RequestedScopes } from '@pertybot/core';
import type { TokenStore } from '../token/token-store.js';
import type { TokenValidator } from '../token/token-validator.js';

/** A scope that somebody wants, or that the login has. */
export interface ScopeStatus {
  readonly scope: string;
  /** Ids of the plugins that want it. */
  readonly plugins: readonly string[];
  readonly granted: boolean;
}

/** How the login stands, without any secret. */
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

/** What {@link readLoginStatus} looks at. */
export interface LoginStatusOptions {
  readonly store: TokenStore;
  readonly validator: TokenValidator;
  readonly requestedScopes: RequestedScopes;
  /** A token that the owner manages; it takes the place of the stored one. */
  readonly ownToken: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Asks Twitch how the login stands.
 * @throws OAuthError when Twitch gives no verdict or the store cannot be read
 */
export async function readLoginStatus(options: LoginStatusOptions): Promise<LoginStatus> {
  const { store, validator, requestedScopes, signal } = options;
  const ownToken = options.ownToken !== undefined;
  const grant = ownToken ? undefined : await store.read();
  const token = options.ownToken ?? grant?.accessToken;
  if (token === undefined) return { status: 'none' };
  const validation = await validator.validate(token, signal);
  if (validation.status === 'invalid') {
    return { status: 'invalid', refreshable: grant?.refreshToken !== undefined, ownToken };
  }
  if (validation.status === 'foreign') return { ...validation, ownToken };
  const { login, userId, scopes: granted } = validation.token;
  const wanted = requestedScopes.list.map(({ scope, plugins }) => ({
    scope,
    plugins,
    granted: granted.includes(scope.toLowerCase()),
  }));
  const unasked = granted
    .filter((scope) => !wanted.some((each) => each.scope.toLowerCase() === scope))
    .map((scope) => ({ scope, plugins: [], granted: true }));
  const { expiresIn } = validation;
  return { status: 'valid', login, userId, expiresIn, scopes: [...wanted, ...unasked], ownToken };
}
