import type { Limit } from './chat-options.js';

const sweepAt = 10_000;

/** Counts what each key did lately, in sliding windows. */
export class RateLimiter {
  private readonly times = new Map<string, number[]>();
  private readonly blockedUntil = new Map<string, number>();

  /** @param now milliseconds */
  constructor(private readonly now: () => number) {}

  /** Counts one more for `key`; false if that is one too many, which does not count. */
  admit(key: string, limit: Limit | undefined): boolean {
    if (limit === undefined) return true;
    const now = this.now();
    const recent = (this.times.get(key) ?? []).filter((time) => time > now - limit.within);
    const admitted = recent.length < limit.count;
    if (admitted) recent.push(now);
    this.times.set(key, recent);
    if (this.times.size > sweepAt) this.sweep(now - limit.within);
    return admitted;
  }

  /** Blocks `key` for so many milliseconds. */
  block(key: string, milliseconds: number): void {
    this.blockedUntil.set(key, this.now() + milliseconds);
  }

  /** Whether `key` is blocked now. */
  isBlocked(key: string): boolean {
    return (this.blockedUntil.get(key) ?? -Infinity) > this.now();
  }

  private sweep(before: number): void {
    for (const [key, times] of this.times) {
      if ((times.at(-1) ?? 0) <= before) this.times.delete(key);
    }
  }
}
