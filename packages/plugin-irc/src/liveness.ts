import type { Clock, Undo } from '@pertybot/core';

/** How long between two of our PINGs, milliseconds. */
const pingInterval = 60_000;
/** How long the other side may be silent after a PING, milliseconds. */
const answerTime = 15_000;
/** How often the clocks are compared, milliseconds. */
const tick = 15_000;
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
  private lastPing: number;
  private lastTick: number;
  private lastDate: number;
  private waiting = false;
  private stopped = false;

  constructor(private readonly options: LivenessOptions) {
    const { clock } = options;
    this.lastPing = clock.now();
    this.lastTick = clock.now();
    this.lastDate = clock.date().getTime();
    this.arm(tick);
  }

  /** Says that something arrived. */
  heard(): void {
    this.waiting = false;
  }

  stop(): void {
    this.stopped = true;
    this.undo();
  }

  private arm(delay: number): void {
    this.undo = this.options.clock.after(delay, () => this.check());
  }

  private check(): void {
    const { clock, dead, ping } = this.options;
    if (this.stopped) return;
    const now = clock.now();
    const sincePing = now - this.lastPing;
    if (this.waiting && sincePing >= answerTime) {
      this.stop();
      dead();
      return;
    }
    if (!this.waiting && (this.hasSlept(now) || sincePing >= pingInterval)) {
      this.waiting = true;
      this.lastPing = now;
      ping();
    }
    if (!this.stopped) this.arm(tick);
  }

  private hasSlept(now: number): boolean {
    const date = this.options.clock.date().getTime();
    const ahead = date - this.lastDate - (now - this.lastTick);
    this.lastDate = date;
    this.lastTick = now;
    return ahead > sleepThreshold;
  }
}
