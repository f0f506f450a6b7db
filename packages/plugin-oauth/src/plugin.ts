import { AccessTokens, type DependencyContainer, type PluginContext } from '@pertybot/core';
import { ManagedAccessTokens } from './keeper/managed-access-tokens.js';
import { TokenKeepers } from './keeper/token-keepers.js';
import { GrantIntake } from './login/grant-intake.js';
import { Login } from './login/login.js';
import { AuthorizationCodeFlow, DeviceCodeFlow } from './login/login-flow.js';
import { Logins, StoredLogins } from './login/logins.js';
import { LoopbackAuthorizationCodeFlow } from './login/loopback-authorization-code-flow.js';
import { OwnerLogin } from './login/owner-login.js';
import { TerminalDeviceCodeFlow } from './login/terminal-device-code-flow.js';
import { AccountScopes } from './token/account-scopes.js';
import { FileTokenStore } from './token/file-token-store.js';
import { LockedTokenRefresher, TokenRefresher } from './token/token-refresher.js';
import { TokenStore } from './token/token-store.js';
import { TokenValidator, TwitchTokenValidator } from './token/token-validator.js';
import { OAuthConfig, staticTokenOf } from './twitch/oauth-config.js';
import { TwitchIdClient } from './twitch/twitch-id-client.js';

/**
 * Binds the plugin's classes. A plugin that replaces one of them calls this first, and then binds its own class
 * to the contract's token: the last binding counts.
 */
export function registerOAuth(container: DependencyContainer, config: OAuthConfig): void {
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
export function startOAuth(
  context: Pick<PluginContext, 'container' | 'signal' | 'waiting'>,
  config: OAuthConfig,
): Promise<() => Promise<void>> {
  const { container, signal } = context;
  const token = staticTokenOf(config, process.env);
  const keepers = container.resolve(TokenKeepers);
  return new Promise((resolve, reject) => {
    const onFirst = () => resolve(() => life);
    const life = keepers.run(context, token, onFirst).then(
      () => reject(signal.reason),
      (error: unknown) => reject(error),
    );
  });
}
