import type { Limit } from './chat-options.js';

/** Fewest keys at which it is looked for what counts no more. */
const leastSweep = 10_000;

/** Counts what each key did lately, in sliding windows. */
export class RateLimiter {
  private readonly windows = new Map<
    string,
    { readonly times: number[]; readonly within: number }
  >();
  private sweepAt = leastSweep;
  private readonly blockedUntil = new Map<string, number>();

  /** @param now milliseconds */
  constructor(private readonly now: () => number) {}

  /** Counts one more for `key`; false if that is one too many, which does not count. */
  admit(key: string, limit: Limit | undefined): boolean {
    if (limit === undefined) return true;
    const now = this.now();
    const { within } = limit;
    const times = (this.windows.get(key)?.times ?? []).filter((time) => time > now - within);
    const admitted = times.length < limit.count;
    if (admitted) times.push(now);
    this.windows.set(key, { times, within });
    if (this.windows.size > this.sweepAt) this.sweep(now);
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

  /** Forgets what counts no more, each by its own window. */
  private sweep(now: number): void {
    for (const [key, { times, within }] of this.windows) {
      if ((times.at(-1) ?? -Infinity) <= now - within) this.windows.delete(key);
    }
    // What still counts is not looked through anew for each that comes.
    this.sweepAt = Math.max(leastSweep, 2 * this.windows.size);
  }
}
