import type { InjectionToken } from '@pertybot/core';
import type { RequestedScope } from '@pertybot/core/host';
import type { LoginAccount } from '../token/account.js';
import type { Grant } from '../token/token-store.js';
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

/** What a login flow is asked to get, and for whom. */
export interface LoginFlowRequest {
  /** Who is to log in. */
  readonly account: LoginAccount;
  readonly scopes: readonly RequestedScope[];
  /**
   * Checks and stores what the flow got.
   * @returns the token, or undefined where it is stored but Twitch could not be asked about it
   * @throws OAuthError when it is of the wrong account; the flow says so and goes on
   */
  accept(grant: Grant): Promise<ValidToken | undefined>;
  /** Ends the flow. */
  readonly signal: AbortSignal;
}

/** How a flow ended: somebody logged in, or no browser took the page that it was to be shown in. */
export type LoginFlowResult =
  | { readonly status: 'accepted'; readonly token: ValidToken | undefined }
  | { readonly status: 'no-browser' };

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

/** Logs in with a code that the owner types on any device. */
export interface DeviceCodeFlow {
  /**
   * Runs until somebody has logged in.
   * @throws OAuthError when the code expires, is denied, or the configuration is wrong
   * @throws the signal's reason when the request's signal fires
   */
  run(request: LoginFlowRequest): Promise<LoginFlowResult>;
}

/** Injection token of {@link DeviceCodeFlow}. */
export const DeviceCodeFlow: InjectionToken<DeviceCodeFlow> = Symbol.for('pertybot.DeviceCodeFlow');
