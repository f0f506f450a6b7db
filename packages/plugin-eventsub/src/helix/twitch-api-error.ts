import { PertyError, type PertyErrorOptions } from '@pertybot/core';

/** Every code of a {@link TwitchApiError}; docs/errors.md explains each. */
export type TwitchApiErrorCode =
  | 'TWITCH_API_REQUEST_INVALID'
  | 'TWITCH_API_REFUSED'
  | 'TWITCH_API_UNAUTHORIZED'
  | 'TWITCH_API_FORBIDDEN'
  | 'TWITCH_API_RATE_LIMITED'
  | 'TWITCH_API_UNAVAILABLE'
  | 'TWITCH_API_UNREACHABLE'
  | 'TWITCH_API_ANSWER_INVALID';

/** What accompanies a {@link TwitchApiError}. */
export interface TwitchApiErrorOptions extends PertyErrorOptions {
  readonly status?: number | undefined;
  readonly reason?: string | undefined;
  readonly answer?: unknown;
  readonly retryAfter?: number | undefined;
}

/** Codes of what may pass by itself. */
const passing: ReadonlySet<TwitchApiErrorCode> = new Set([
  'TWITCH_API_RATE_LIMITED',
  'TWITCH_API_UNAVAILABLE',
  'TWITCH_API_UNREACHABLE',
]);

/** Thrown whenever Twitch's API cannot be asked, or does not do what it was asked for. */
export class TwitchApiError extends PertyError<TwitchApiErrorCode> {
  /** Twitch's HTTP status; undefined where nothing answered. */
  readonly status: number | undefined;
  /** Twitch's own sentence, such as `subscription already exists`; undefined where it gave none. */
  readonly reason: string | undefined;
  /** Milliseconds after which it may work, where Twitch says so. */
  readonly retryAfter: number | undefined;
  /** The whole answer, read as JSON; undefined where it was none. */
  declare readonly answer: unknown;

  constructor(code: TwitchApiErrorCode, message: string, options: TwitchApiErrorOptions = {}) {
    super(code, message, options);
    this.status = options.status;
    this.reason = options.reason;
    this.retryAfter = options.retryAfter;
    // Not in a log: it may be long.
    Object.defineProperty(this, 'answer', { value: options.answer, enumerable: false });
  }

  /** Whether it may pass by itself: it says nothing about the request. */
  get transient(): boolean {
    return passing.has(this.code);
  }
}
