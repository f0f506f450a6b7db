import { AccessTokens, definePlugin } from '@pertybot/core';
import { checkOAuth } from './oauth-checks.js';
import { oauthConfigSchema } from './oauth-config.js';
import { registerOAuth, startOAuth } from './oauth-registration.js';

/** Logs the bot in to Twitch, and keeps its token valid. */
export default definePlugin({
  name: 'oauth',
  about: 'Logs in to Twitch and keeps the token valid',
  config: oauthConfigSchema,
  provides: [AccessTokens],
  commands: {},
  // A refresh that is under way may have spent a token that works once: its answer must reach the disk.
  stopTimeout: '5s',
  register: registerOAuth,
  start: startOAuth,
  checks: ({ config }) => checkOAuth(config, process.env),
});

// For programs that log in, log out or look without running a bot

export type { LoginStatus, ScopeStatus } from './login-status.js';
export { type LoginMethod, OAuthConfig, oauthConfigSchema } from './oauth-config.js';
export {
  createOAuthServices,
  type Logout,
  type OAuthServices,
  type OAuthServicesOptions,
} from './oauth-services.js';
export { staticTokenOf } from './static-token.js';

// For plugins that replace a part

export { AuthorizationCodeFlow, type AuthorizationCodeRequest } from './authorization-code-flow.js';
export { DeviceCodeFlow } from './device-code-flow.js';
export type { Grant } from './grant.js';
export { Login, type LoginRequest } from './login.js';
export type { LoginFlowRequest, LoginFlowResult } from './login-flow.js';
export { registerOAuth, startOAuth } from './oauth-registration.js';
export { type Refresh, TokenRefresher } from './token-refresher.js';
export { TokenStore } from './token-store.js';
export { TokenValidator, type Validation } from './token-validator.js';

// Errors

export { OAuthError, type OAuthErrorCode, type OAuthErrorOptions } from './oauth-error.js';
