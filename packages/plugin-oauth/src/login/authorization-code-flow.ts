import type { InjectionToken } from '@pertybot/core';
import type { LoginFlowRequest, LoginFlowResult } from './login-flow.js';

/** A {@link LoginFlowRequest} to the authorization code flow. */
export interface AuthorizationCodeRequest extends LoginFlowRequest {
  /** Gives up with `no-browser` when no browser opens here. @default false: it tells how to get there */
  readonly onlyWithBrowser?: boolean;
}

/** Logs in through a page at the redirect URI: https://dev.twitch.tv/docs/authentication/getting-tokens-oauth */
export interface AuthorizationCodeFlow {
  /**
   * Runs until somebody has logged in.
   * @throws OAuthError when the configuration is wrong or the port of the redirect URI is taken
   * @throws the signal's reason when the request's signal fires
   */
  run(request: AuthorizationCodeRequest): Promise<LoginFlowResult>;
}

/** Injection token of {@link AuthorizationCodeFlow}. */
export const AuthorizationCodeFlow: InjectionToken<AuthorizationCodeFlow> = Symbol.for(
  'pertybot.AuthorizationCodeFlow',
);
