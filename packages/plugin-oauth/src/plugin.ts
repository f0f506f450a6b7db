import { AccessTokens, type Container, type Finding, type PluginContext } from '@pertybot/core';
import { othersStarted } from '@pertybot/core/host';
import { ManagedAccessTokens } from './keeper/managed-access-tokens.js';
import { TokenKeepers } from './keeper/token-keepers.js';
import { portOf } from './login/callback-server.js';
import { GrantIntake } from './login/grant-intake.js';
import { AuthorizationCodeFlow, DeviceCodeFlow, Login } from './login/login.js';
import { Logins, StoredLogins } from './login/logins.js';
import { LoopbackAuthorizationCodeFlow } from './login/loopback-authorization-code-flow.js';
import { OwnerLogin } from './login/owner-login.js';
import { TerminalDeviceCodeFlow } from './login/terminal-device-code-flow.js';
import { AccountScopes } from './token/account-scopes.js';
import { FileTokenStore } from './token/file-token-store.js';
import { LockedTokenRefresher, TokenRefresher } from './token/token-refresher.js';
import { TokenStore } from './token/token-store.js';
import { TokenValidator, TwitchTokenValidator } from './token/token-validator.js';
import { isLoopback, OAuthConfig, staticTokenOf } from './twitch/oauth-config.js';
import { TwitchIdClient } from './twitch/twitch-id-client.js';

/**
 * Binds the plugin's classes. A plugin that replaces one of them calls this first, and then binds its own class
 * to the contract's token: the last binding counts.
 */
export function registerOAuth(container: Container, config: OAuthConfig): void {
  container.register(OAuthConfig, { useValue: config });
  for (const each of [
    TwitchIdClient,
    AccountScopes,
    FileTokenStore,
    TwitchTokenValidator,
    LockedTokenRefresher,
    LoopbackAuthorizationCodeFlow,
    TerminalDeviceCodeFlow,
    GrantIntake,
    OwnerLogin,
    ManagedAccessTokens,
    TokenKeepers,
    StoredLogins,
  ]) {
    container.registerSingleton<unknown>(each);
  }
  container.register(TokenStore, { useToken: FileTokenStore });
  container.register(TokenValidator, { useToken: TwitchTokenValidator });
  container.register(TokenRefresher, { useToken: LockedTokenRefresher });
  container.register(AuthorizationCodeFlow, { useToken: LoopbackAuthorizationCodeFlow });
  container.register(DeviceCodeFlow, { useToken: TerminalDeviceCodeFlow });
  container.register(Login, { useToken: OwnerLogin });
  container.register(Logins, { useToken: StoredLogins });
  container.register(AccessTokens, { useToken: ManagedAccessTokens });
}

/**
 * Starts keeping the token. Resolves when there is one.
 * @returns the undo: it waits until nothing is under way any more
 * @throws OAuthError when the configuration is wrong
 */
export async function startOAuth(
  context: Pick<PluginContext, 'clock' | 'container' | 'id' | 'on' | 'signal' | 'waiting'>,
  config: OAuthConfig,
): Promise<() => Promise<void>> {
  const { container, signal, waiting } = context;
  const token = staticTokenOf(config, process.env);
  const keepers = container.resolve(TokenKeepers);
  await container.resolve(TwitchIdClient).prepare();
  // What needs the login itself is not waited for.
  const complete = othersStarted(context, { patience: 3_000 });
  return await new Promise((resolve, reject) => {
    const onFirst = () => resolve(() => life);
    const life = keepers.run({ signal, waiting, complete }, token, onFirst).then(
      () => reject(signal.reason),
      (error: unknown) => reject(error),
    );
  });
}

/** The plugin's part of `pertybot doctor`: what can be said without asking Twitch. */
export function checkOAuth(
  config: OAuthConfig,
  env: Readonly<Record<string, string | undefined>>,
): readonly Finding[] {
  if (staticTokenOf(config, env) !== undefined) {
    return [
      {
        level: 'info',
        subject: 'login',
        message: 'An access token of your own is used; it is never refreshed.',
        hint: 'Remove TWITCH_ACCESS_TOKEN to let the bot log in and stay logged in.',
      },
    ];
  }
  return [checkSecret(config), checkRedirectUri(config)];
}

function checkSecret({ clientSecret, login }: OAuthConfig): Finding {
  const subject = 'client secret';
  if (clientSecret !== undefined)
    return { level: 'ok', subject, message: 'A client secret is set.' };
  if (login !== 'browser') {
    return {
      level: 'info',
      subject,
      message: 'No client secret is set: the bot logs in with a device code, as a public client.',
      hint: 'For a confidential client, put the secret into TWITCH_CLIENT_SECRET in .env.',
    };
  }
  return {
    level: 'error',
    subject,
    message: 'A login in the browser needs a client secret.',
    hint: 'Put it into TWITCH_CLIENT_SECRET in .env, or set login: device.',
  };
}

function checkRedirectUri(config: OAuthConfig): Finding {
  const subject = 'redirect URI';
  const url = new URL(config.redirectUri);
  if (url.protocol === 'http:' && url.hostname !== 'localhost') {
    return {
      level: 'error',
      subject,
      message: `Twitch accepts http for "localhost" alone, and it is "${url.hostname}".`,
      hint: 'Use http://localhost:3000/ here and at Twitch.',
    };
  }
  if (!isLoopback(url)) {
    return {
      level: 'warning',
      subject,
      message: `"${url.hostname}" must lead to this machine for the login to end here.`,
      hint: 'Use http://localhost:3000/ unless a proxy of yours does that.',
    };
  }
  if (portOf(url) < 1024) {
    return {
      level: 'warning',
      subject,
      message: `Port "${portOf(url)}" is open to root alone.`,
      hint: 'Use a port above 1023 here and at Twitch.',
    };
  }
  return { level: 'ok', subject, message: `The login page is at ${config.redirectUri}.` };
}
