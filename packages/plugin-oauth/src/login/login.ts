import type { AccessToken, InjectionToken } from '@pertybot/core';
import type { LoginMethod } from '../twitch/oauth-config.js';

/** What a login is asked for. */
export interface LoginRequest {
  /** How to log in. @default what the configuration says */
  readonly method?: LoginMethod;
  /** Milliseconds until it is given up. @default never */
  readonly timeout?: number;
  /** Ends the login. */
  readonly signal?: AbortSignal;
}

/** Gets a grant from a person, by whichever flow fits. */
export interface Login {
  /**
   * Runs until somebody has logged in, here or in another process of the same bot; the grant then lies in
   * the {@link TokenStore}.
   * @returns the token, or undefined where it is stored but Twitch could not be asked about it
   * @throws OAuthError when the configuration is wrong, or the login is too late
   * @throws the signal's reason when the request's signal fires
   */
  run(request?: LoginRequest): Promise<AccessToken | undefined>;
}

/** Injection token of {@link Login}. */
export const Login: InjectionToken<Login> = Symbol.for('pertybot.Login');
