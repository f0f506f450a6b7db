import type { InjectionToken } from '@pertybot/core';
import type { LoginAccount } from '../token/account.js';
import type { ValidToken } from '../token/token-validator.js';
import type { LoginMethod } from '../twitch/oauth-config.js';

/** What a login is asked for. */
export interface LoginRequest {
  /** Whose login. @default the bot's */
  readonly account?: LoginAccount;
  /** How to log in. @default what the configuration says */
  readonly method?: LoginMethod;
  /** Milliseconds until it is given up. @default never */
  readonly timeout?: number;
  /** Whether a login by another process of the bot counts as well. @default true */
  readonly heedOthers?: boolean;
  /** Told of each access token that this login is about to store: whoever watches the store knows it then. */
  readonly onGrant?: (accessToken: string) => void;
  /** Ends the login. */
  readonly signal?: AbortSignal;
}

/** Gets a grant from a person, by whichever flow fits. */
export interface Login {
  /**
   * Runs until somebody has logged in; the grant then lies in the {@link TokenStore}.
   * @returns the token, or undefined where it is stored but Twitch could not be asked about it
   * @throws OAuthError when the configuration is wrong, or the login is too late
   * @throws the signal's reason when the request's signal fires
   */
  run(request?: LoginRequest): Promise<ValidToken | undefined>;
}

/** Injection token of {@link Login}. */
export const Login: InjectionToken<Login> = Symbol.for('pertybot.Login');
