import type { Clock, Undo } from '@pertybot/core';

/** How long the other side may be silent before it is asked by a PING, milliseconds. */
const pingAfter = 10_000;
/** How long it may be silent after a PING, milliseconds. */
const answerTime = 15_000;
/** How often the clocks are compared, milliseconds. */
const tick = 1_000;
/** By how much that may be late, milliseconds. */
const slack = 200;
/** How far the wall clock may run ahead before the machine counts as having slept, milliseconds. */
const sleepThreshold = 10_000;

/** What {@link Liveness} works on. */
export interface LivenessOptions {
  readonly clock: Clock;
  /** Asks the other side for a sign of life. */
  readonly ping: () => void;
  /** Is called once when it gave none. */
  readonly dead: () => void;
}

/**
 * Watches that the other side of a connection lives. Any line counts as a sign of life. After the
 * machine slept, which a connection rarely outlives, it asks at once.
 */
export class Liveness {
  private undo: Undo = () => {};
  private heardAt: number;
  private lastTick: number;
  private lastDate: number;
  /** When it was asked, while it has not answered. */
  private askedAt: number | undefined;
  private stopped = false;

  constructor(private readonly options: LivenessOptions) {
    const { clock } = options;
    this.heardAt = clock.now();
    this.lastTick = clock.now();
    this.lastDate = clock.date().getTime();
    this.arm();
  }

  /** When something arrived last, by the clock. */
  get lastHeard(): number {
    return this.heardAt;
  }

  /** Says that something arrived. */
  heard(): void {
    this.heardAt = this.options.clock.now();
    this.askedAt = undefined;
  }

  stop(): void {
    this.stopped = true;
    this.undo();
  }

  private arm(): void {
    this.undo = this.options.clock.after(tick, () => this.check(), slack);
  }

  private check(): void {
    const { clock, dead, ping } = this.options;
    if (this.stopped) return;
    const now = clock.now();
    const hasSlept = this.hasSlept(now);
    if (this.askedAt !== undefined && now - this.askedAt >= answerTime) {
      this.stop();
      dead();
      return;
    }
    if (this.askedAt === undefined && (hasSlept || now - this.heardAt >= pingAfter)) {
      this.askedAt = now;
      ping();
    }
    if (!this.stopped) this.arm();
  }

  private hasSlept(now: number): boolean {
    const date = this.options.clock.date().getTime();
    const ahead = date - this.lastDate - (now - this.lastTick);
    this.lastDate = date;
    this.lastTick = now;
    return ahead > sleepThreshold;
  }
}
