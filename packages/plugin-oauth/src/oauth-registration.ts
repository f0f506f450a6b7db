import { AccessTokens, type Container, type PluginContext } from '@pertybot/core';
import { AuthorizationCodeFlow } from './authorization-code-flow.js';
import { DeviceCodeFlow } from './device-code-flow.js';
import { FileTokenStore } from './file-token-store.js';
import { GrantIntake } from './grant-intake.js';
import { LockedTokenRefresher } from './locked-token-refresher.js';
import { Login } from './login.js';
import { LoopbackAuthorizationCodeFlow } from './loopback-authorization-code-flow.js';
import { ManagedAccessTokens } from './managed-access-tokens.js';
import { OAuthConfig } from './oauth-config.js';
import { OwnerLogin } from './owner-login.js';
import { staticTokenOf } from './static-token.js';
import { StaticTokenKeeper } from './static-token-keeper.js';
import { TerminalDeviceCodeFlow } from './terminal-device-code-flow.js';
import { type KeeperContext, TokenKeeper } from './token-keeper.js';
import { TokenRefresher } from './token-refresher.js';
import { TokenStore } from './token-store.js';
import { TokenValidator } from './token-validator.js';
import { TwitchIdClient } from './twitch-id-client.js';
import { TwitchTokenValidator } from './twitch-token-validator.js';

/**
 * Binds the plugin's classes. A plugin that replaces one of them calls this first, and then binds its own class
 * to the contract's token: the last binding counts.
 */
export function registerOAuth(container: Container, config: OAuthConfig): void {
  container.register(OAuthConfig, { useValue: config });
  for (const each of [
    TwitchIdClient,
    FileTokenStore,
    TwitchTokenValidator,
    LockedTokenRefresher,
    LoopbackAuthorizationCodeFlow,
    TerminalDeviceCodeFlow,
    GrantIntake,
    OwnerLogin,
    ManagedAccessTokens,
    TokenKeeper,
    StaticTokenKeeper,
  ]) {
    container.registerSingleton<unknown>(each);
  }
  container.register(TokenStore, { useToken: FileTokenStore });
  container.register(TokenValidator, { useToken: TwitchTokenValidator });
  container.register(TokenRefresher, { useToken: LockedTokenRefresher });
  container.register(AuthorizationCodeFlow, { useToken: LoopbackAuthorizationCodeFlow });
  container.register(DeviceCodeFlow, { useToken: TerminalDeviceCodeFlow });
  container.register(Login, { useToken: OwnerLogin });
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
  return new Promise((resolve, reject) => {
    const onFirst = () => resolve(() => life);
    const life = runKeeper(container, token, context, onFirst).then(
      () => reject(signal.reason),
      (error: unknown) => reject(error),
    );
  });
}

function runKeeper(
  container: Container,
  token: string | undefined,
  context: KeeperContext,
  onFirst: () => void,
): Promise<void> {
  if (token === undefined) return container.resolve(TokenKeeper).run(context, onFirst);
  return container.resolve(StaticTokenKeeper).run(token, context, onFirst);
}
