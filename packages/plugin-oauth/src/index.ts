import { AccessTokens, definePlugin } from '@pertybot/core';
import { checkOAuth, registerOAuth, startOAuth } from './plugin.js';
import { oauthConfigSchema } from './twitch/oauth-config.js';

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

// For programs that log in, log out or look beside a bot: Bot.borrow(Login, AccessTokens)

export { Login, type LoginRequest } from './login/login.js';
export { type LoginStatus, Logins, type Logout, type ScopeStatus } from './login/logins.js';
export { type LoginAccount, loginCommand } from './token/account.js';
export {
  type LoginMethod,
  OAuthConfig,
  oauthConfigSchema,
  staticTokenOf,
} from './twitch/oauth-config.js';

// For plugins that replace a part

export type { LoginFlowRequest, LoginFlowResult } from './login/login.js';
export {
  AuthorizationCodeFlow,
  type AuthorizationCodeRequest,
  DeviceCodeFlow,
} from './login/login.js';
export { registerOAuth, startOAuth } from './plugin.js';
export { type Refresh, TokenRefresher } from './token/token-refresher.js';
export type { Grant } from './token/token-store.js';
export { TokenStore } from './token/token-store.js';
export { TokenValidator, type Validation, type ValidToken } from './token/token-validator.js';

// Errors

export { OAuthError, type OAuthErrorCode, type OAuthErrorOptions } from './twitch/oauth-error.js';
