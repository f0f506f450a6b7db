import type { Clock } from '../contracts/clock.js';
import type { Undo } from '../contracts/consumer.js';
import { type Duration, toMilliseconds } from '../contracts/duration.js';

interface Timer {
  readonly due: number;
  readonly task: () => void;
}

/** A {@link Clock} that stands still until it is told to go on. */
export class ManualClock implements Clock {
  private time = 0;
  /** In the order in which they were asked for. */
  private readonly timers = new Set<Timer>();

  /** @param start wall time at which it begins */
  constructor(private readonly start = new Date('2026-01-01T12:00:00Z')) {}

  now(): number {
    return this.time;
  }

  date(): Date {
    return new Date(this.start.getTime() + this.time);
  }

  after(delay: number, task: () => void): Undo {
    const timer: Timer = { due: this.time + Math.max(0, delay), task };
    this.timers.add(timer);
    return () => void this.timers.delete(timer);
  }

  /** Timers that wait. */
  get pending(): number {
    return this.timers.size;
  }

  /** Lets time pass: runs every timer that falls due, in order, and what it starts. */
  async advance(duration: Duration): Promise<void> {
    const end = this.time + toMilliseconds(duration);
    await settle();
    for (let next = this.next(end); next !== undefined; next = this.next(end)) {
      this.time = Math.max(this.time, next.due);
      this.timers.delete(next);
      next.task();
      await settle();
    }
    this.time = end;
  }

  private next(end: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.timers) {
      if (timer.due <= end && (!first || timer.due < first.due)) first = timer;
    }
    return first;
  }
}

/** Lets promises that are ready run on. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}
