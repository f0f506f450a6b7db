import { Backoff } from '../contracts/backoff.js';
import type { Clock } from '../contracts/clock.js';

/** Faults within {@link faultWindow} that stop a plugin. */
const faultLimit = 10;

/** Milliseconds. */
const faultWindow = 60_000;

/** First pause before a restart, milliseconds; doubled each time. */
const firstDelay = 10_000;

/** Longest pause before a restart, milliseconds. */
const longestDelay = 300_000;

/** Time without a fault after which the pauses begin anew, milliseconds. */
const stableAfter = 60_000;

/** Counts the faults of one plugin and says when it must rest. */
export class FaultCounter {
  private times: number[] = [];
  private readonly backoff = new Backoff({
    first: firstDelay,
    longest: longestDelay,
    random: () => 1,
  });
  /** Time of the last fault, or of the restart behind it. */
  private lastTrouble = Number.NEGATIVE_INFINITY;

  constructor(private readonly clock: Clock) {}

  /** @returns milliseconds after which the plugin is to be started again, when this fault is one too many */
  add(): number | undefined {
    const now = this.clock.now();
    if (now - this.lastTrouble >= stableAfter) this.backoff.reset();
    this.lastTrouble = now;
    this.times = [...this.times.filter((time) => now - time < faultWindow), now];
    if (this.times.length < faultLimit) return undefined;
    const delay = this.backoff.next();
    this.times = [];
    this.lastTrouble = now + delay;
    return delay;
  }
}
