import { PertyError, type PertyErrorOptions } from '@pertybot/core';

/** Every code of an {@link OAuthError}. */
export type OAuthErrorCode =
  | 'OAUTH_ACCESS_TOKEN_INVALID'
  | 'OAUTH_CERTIFICATE_MISSING'
  | 'OAUTH_CHANNEL_INVALID'
  | 'OAUTH_CLIENT_ID_WRONG'
  | 'OAUTH_CLIENT_SECRET_MISSING'
  | 'OAUTH_CLIENT_SECRET_WRONG'
  | 'OAUTH_CODE_INVALID'
  | 'OAUTH_LOGIN_TIMED_OUT'
  | 'OAUTH_PORT_BUSY'
  | 'OAUTH_REDIRECT_MISMATCH'
  | 'OAUTH_REQUEST_REFUSED'
  | 'OAUTH_SCOPE_UNDECLARED'
  | 'OAUTH_TWITCH_UNAVAILABLE'
  | 'OAUTH_TWITCH_UNREACHABLE'
  | 'OAUTH_WRONG_ACCOUNT'
  | 'TOKEN_STORE_BUSY'
  | 'TOKEN_STORE_NEWER'
  | 'TOKEN_STORE_UNREADABLE'
  | 'TOKEN_STORE_UNWRITABLE';

/** What accompanies an {@link OAuthError}. */
export interface OAuthErrorOptions extends PertyErrorOptions {
  /** Milliseconds that Twitch asks to wait before the next request. */
  readonly retryAfter?: number | undefined;
}

const passing: ReadonlySet<OAuthErrorCode> = new Set([
  'OAUTH_TWITCH_UNAVAILABLE',
  'OAUTH_TWITCH_UNREACHABLE',
  'TOKEN_STORE_BUSY',
  'TOKEN_STORE_NEWER',
  'TOKEN_STORE_UNREADABLE',
  'TOKEN_STORE_UNWRITABLE',
]);

/** Thrown whenever logging in to Twitch, or keeping the token alive, fails. */
export class OAuthError extends PertyError<OAuthErrorCode> {
  /** Milliseconds that Twitch asks to wait before the next request. */
  readonly retryAfter: number | undefined;

  constructor(code: OAuthErrorCode, message: string, options: OAuthErrorOptions = {}) {
    super(code, message, options);
    this.retryAfter = options.retryAfter;
  }

  /** Whether it may pass by itself: it says nothing about the token or the configuration. */
  get transient(): boolean {
    return passing.has(this.code);
  }
}

/** Whether `error` may pass by itself, so that trying again makes sense. */
export function isTransient(error: unknown): error is OAuthError {
  return error instanceof OAuthError && error.transient;
}
