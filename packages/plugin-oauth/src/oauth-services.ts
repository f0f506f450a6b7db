import type { BotFolders, Browser, Clock, Logger, Prompt, RequestedScopes } from '@pertybot/core';
import { GrantIntake } from './login/grant-intake.js';
import type { Login } from './login/login.js';
import { type LoginStatus, readLoginStatus } from './login/login-status.js';
import { LoopbackAuthorizationCodeFlow } from './login/loopback-authorization-code-flow.js';
import { OwnerLogin } from './login/owner-login.js';
import { TerminalDeviceCodeFlow } from './login/terminal-device-code-flow.js';
import { FileTokenStore } from './token/file-token-store.js';
import { LockedTokenRefresher, type TokenRefresher } from './token/token-refresher.js';
import type { TokenStore } from './token/token-store.js';
import { type TokenValidator, TwitchTokenValidator } from './token/token-validator.js';
import { type OAuthConfig, staticTokenOf } from './twitch/oauth-config.js';
import { TwitchIdClient } from './twitch/twitch-id-client.js';

/** What {@link createOAuthServices} builds on. */
export interface OAuthServicesOptions {
  readonly config: OAuthConfig;
  readonly folders: BotFolders;
  readonly requestedScopes: RequestedScopes;
  readonly clock: Clock;
  readonly log: Logger;
  readonly browser: Browser;
  readonly prompt: Prompt;
  /** Where TWITCH_ACCESS_TOKEN may be. @default nothing */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** What became of a logout. */
export interface Logout {
  /** Whether there was a login to forget. */
  readonly found: boolean;
  /** Whether Twitch ended it; false where Twitch could not be reached, or had ended it before. */
  readonly revoked: boolean;
}

/** The OAuth plugin's services, for a program that runs beside the bot or without one. */
export interface OAuthServices {
  readonly store: TokenStore;
  readonly validator: TokenValidator;
  readonly refresher: TokenRefresher;
  readonly login: Login;
  /**
   * Asks Twitch how the login stands.
   * @throws OAuthError when Twitch gives no verdict or the file cannot be read
   */
  status(signal?: AbortSignal): Promise<LoginStatus>;
  /**
   * Ends the login at Twitch and forgets it here.
   * @throws OAuthError when the file cannot be removed
   */
  logout(signal?: AbortSignal): Promise<Logout>;
}

/**
 * Builds the plugin's services without a bot. They work on the same files and under the same lock as a bot
 * that runs, which notices what they do.
 */
export function createOAuthServices(options: OAuthServicesOptions): OAuthServices {
  const { config, folders, requestedScopes, clock, log, browser, prompt } = options;
  const client = new TwitchIdClient(config);
  const store = new FileTokenStore(folders, clock, log);
  const validator = new TwitchTokenValidator(client, config, requestedScopes);
  const login = new OwnerLogin(
    new LoopbackAuthorizationCodeFlow(client, config, browser, prompt, clock, folders, log),
    new TerminalDeviceCodeFlow(client, config, prompt, clock, log),
    new GrantIntake(store, validator, client, clock, log),
    store,
    validator,
    config,
    requestedScopes,
    clock,
    log,
  );
  return {
    store,
    validator,
    refresher: new LockedTokenRefresher(store, client),
    login,
    status: (signal) =>
      readLoginStatus({
        ...{ store, validator, requestedScopes, signal },
        ownToken: staticTokenOf(config, options.env ?? {}),
      }),
    logout: (signal) => logout(store, client, signal),
  };
}

async function logout(
  store: TokenStore,
  client: TwitchIdClient,
  signal: AbortSignal | undefined,
): Promise<Logout> {
  return store.exclusively(async () => {
    const grant = await store.read();
    if (grant === undefined) return { found: false, revoked: false };
    // The owner's word counts even where Twitch does not hear of it.
    const revoked = await client.revoke(grant.accessToken, signal).catch(() => false);
    await store.clear();
    return { found: true, revoked };
  }, signal);
}
