import { Backoff } from '../contracts/backoff.js';
import type { Clock } from '../contracts/clock.js';

/** Faults within {@link faultWindow} after which a rest is due. */
const faultLimit = 10;

/** Milliseconds. */
export const faultWindow = 60_000;

/** First pause before a restart, milliseconds; doubled each time. */
const firstDelay = 10_000;

/** Longest pause before a restart, milliseconds. */
const longestDelay = 300_000;

/** Time without a fault after which the pauses begin anew, milliseconds. */
const stableAfter = 60_000;

interface Fault {
  readonly time: number;
  readonly viewer: string | undefined;
}

/** Counts the faults of a plugin, or of one of its commands, and says when that must rest. */
export class FaultCounter {
  /** No more than {@link faultLimit}. */
  private faults: readonly Fault[] = [];
  private readonly backoff = new Backoff({
    first: firstDelay,
    longest: longestDelay,
    random: () => 1,
  });
  /** Time of the last fault, or of the restart behind it. */
  private lastTrouble = Number.NEGATIVE_INFINITY;

  constructor(private readonly clock: Clock) {}

  /**
   * Counts a fault.
   * @param viewer id of the viewer whose words or deed brought it about
   * @returns milliseconds of rest, when this fault is one too many
   */
  add(viewer?: string): number | undefined {
    const now = this.clock.now();
    if (now - this.lastTrouble >= stableAfter) this.backoff.reset();
    this.lastTrouble = now;
    this.faults = [...this.recent(now), { time: now, viewer }];
    if (this.faults.length < faultLimit) return undefined;
    const delay = this.backoff.next();
    this.faults = [];
    this.lastTrouble = now + delay;
    return delay;
  }

  /** Times of the last minute's faults that `viewer` brought about, the oldest first. */
  timesOf(viewer: string): readonly number[] {
    return this.recent(this.clock.now())
      .filter((fault) => fault.viewer === viewer)
      .map(({ time }) => time);
  }

  private recent(now: number): readonly Fault[] {
    return this.faults.filter(({ time }) => now - time < faultWindow);
  }
}
