import type { Clock } from '@pertybot/core';

/**
 * Twitch's limits for an account (https://dev.twitch.tv/docs/chat/#rate-limits). Its windows begin
 * when it likes and the network shifts lines together, so ours are a little longer.
 */
export interface RateLimits {
  /** Messages in {@link messageSpan} where the bot is an ordinary viewer. */
  readonly viewer: number;
  /** Messages in {@link messageSpan} where it is moderator, VIP or broadcaster. */
  readonly privileged: number;
  /** Channels joined in {@link joinSpan}. */
  readonly joins: number;
  /** Logins in {@link joinSpan}. */
  readonly logins: number;
}

/** Span of the message limits, milliseconds. */
export const messageSpan = 30_500;
/** Span of the limits of joins and logins, milliseconds. */
export const joinSpan = 10_250;
/** Least time between two messages of an ordinary viewer in a channel, milliseconds. */
export const channelGap = 1_050;

/** The limits of an ordinary account and of one that Twitch has verified as a bot. */
export const rateLimits: Readonly<Record<'normal' | 'verified', RateLimits>> = {
  normal: { viewer: 20, privileged: 100, joins: 20, logins: 20 },
  verified: { viewer: 7_500, privileged: 7_500, joins: 2_000, logins: 200 },
};

/** Counts what happened within the last stretch of time. */
export class RateWindow {
  private readonly times: number[] = [];

  /** @param span milliseconds */
  constructor(
    private readonly clock: Clock,
    private readonly span: number,
  ) {}

  /** Notes `amount` of what is counted. @returns when */
  add(amount = 1): number {
    const now = this.clock.now();
    this.forget(now);
    for (let index = 0; index < amount; index++) this.times.push(now);
    return now;
  }

  /** How much there was within the span. */
  get count(): number {
    this.forget(this.clock.now());
    return this.times.length;
  }

  /**
   * How long until `amount` more fit below `limit`.
   * @returns milliseconds, 0 when they fit now
   */
  waitFor(limit: number, amount = 1): number {
    const excessOf = () => this.times.length + amount - limit;
    // What is too old only makes them more.
    if (excessOf() <= 0) return 0;
    const now = this.clock.now();
    this.forget(now);
    const excess = excessOf();
    if (excess <= 0) return 0;
    const oldest = this.times[Math.min(excess, this.times.length) - 1];
    return oldest === undefined ? 0 : Math.max(0, oldest + this.span - now);
  }

  private forget(now: number): void {
    const from = now - this.span;
    let expired = 0;
    for (const time of this.times) {
      if (time > from) break;
      expired++;
    }
    if (expired > 0) this.times.splice(0, expired);
  }
}
