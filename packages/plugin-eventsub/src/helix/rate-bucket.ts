import { type Clock, sleep } from '@pertybot/core';
import type { HttpAnswer } from './http-exchange.js';

/** No answer makes anybody wait longer, milliseconds: what Twitch's clock or ours says may be wrong. */
const longestWait = 60_000;

/**
 * How many requests Twitch still allows for one account, as its `Ratelimit-…` headers say
 * (https://dev.twitch.tv/docs/api/guide#twitch-rate-limits).
 */
export class RateBucket {
  /** Undefined until an answer tells. */
  private remaining: number | undefined;
  private limit = 1;
  /** When it is full again, by the bot's clock. */
  private fullAt = 0;
  private underWay = 0;

  constructor(private readonly clock: Clock) {}

  /** Takes a point; waits while there is none. Each is to be followed by {@link learn} or {@link giveBack}. */
  async take(signal: AbortSignal): Promise<void> {
    while (this.remaining !== undefined && this.remaining <= 0) {
      const wait = this.fullAt - this.clock.now();
      if (wait > 0) await sleep(this.clock, wait, signal);
      // Who has waited with others finds it filled by the first of them.
      if (this.remaining <= 0 && this.clock.now() >= this.fullAt) this.remaining = this.limit;
    }
    this.underWay += 1;
    if (this.remaining !== undefined) this.remaining -= 1;
  }

  /** No answer came. */
  giveBack(): void {
    this.underWay -= 1;
  }

  /**
   * Reads what an answer says.
   * @returns milliseconds to wait where it is a refusal for too many requests, else undefined
   */
  learn({ status, headers }: HttpAnswer): number | undefined {
    this.underWay -= 1;
    const remaining = toNumber(headers['ratelimit-remaining']);
    const limit = toNumber(headers['ratelimit-limit']);
    if (limit !== undefined && limit > 0) this.limit = limit;
    const wait = this.waitOf(headers);
    if (remaining !== undefined && wait !== undefined) {
      // What is under way has been taken from what we know, and not yet from what Twitch counted.
      this.remaining = remaining - this.underWay;
      this.fullAt = this.clock.now() + wait;
    }
    if (status !== 429) return undefined;
    // A 429 of EventSub's own limits comes with points left: there waiting helps nothing.
    if (remaining !== undefined && remaining > 0) return undefined;
    const retryAfter = toNumber(headers['retry-after']);
    if (wait === undefined && retryAfter === undefined) return undefined;
    return Math.min(longestWait, wait ?? (retryAfter ?? 0) * 1_000);
  }

  /** By the difference to Twitch's own clock: a Raspberry Pi may not know the time. */
  private waitOf(headers: HttpAnswer['headers']): number | undefined {
    const reset = toNumber(headers['ratelimit-reset']);
    if (reset === undefined) return undefined;
    const answered = Date.parse(headers.date ?? '');
    const now = Number.isNaN(answered) ? this.clock.date().getTime() : answered;
    return Math.min(longestWait, Math.max(0, reset * 1_000 - now));
  }
}

function toNumber(header: string | string[] | undefined): number | undefined {
  if (typeof header !== 'string' || header.trim() === '') return undefined;
  const number = Number(header);
  return Number.isFinite(number) ? number : undefined;
}
