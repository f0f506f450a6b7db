/** Entries that are kept before those that ended are swept out. */
const firstSweep = 1_000;

/** Least time between two sweeps, milliseconds. */
const sweepPause = 1_000;

/** Times by key, of which strangers make as many as they have accounts: it never grows past its limit. */
export class TimeMap extends Map<string, number> {
  private sweepAt = firstSweep;
  private sweptAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly limit: number) {
    super();
  }

  /** Whether nothing more can be kept, once what ended by `now` is swept out. */
  isFull(now: number): boolean {
    this.sweep(now);
    return this.size >= this.limit;
  }

  /** Sweeps out what ended by `now`; of too much that did not, the tenth that ends first. */
  makeRoom(now: number): void {
    if (!this.isFull(now)) return;
    const times = [...this.values()].sort((a, b) => a - b);
    const end = times[Math.floor(this.limit / 10)] ?? 0;
    for (const [key, time] of this) if (time <= end) this.delete(key);
  }

  /** Looks through all only when there may be twice as many as were left the last time, and not in each call. */
  private sweep(now: number): void {
    if (this.size < this.sweepAt || now - this.sweptAt < sweepPause) return;
    this.sweptAt = now;
    for (const [key, time] of this) if (time <= now) this.delete(key);
    this.sweepAt = Math.min(this.limit, Math.max(firstSweep, 2 * this.size));
  }
}
