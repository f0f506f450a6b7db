import type { Clock } from '../contracts/clock.js';
import type { Undo } from '../contracts/consumer.js';

/** The time that a plugin's start may take; time spent waiting for a person does not count. */
export class StartLimit {
  private onLate: (() => void) | undefined;
  private cancel: Undo = () => {};
  private left: number;
  private since = 0;
  private paused = false;

  /** @param duration milliseconds */
  constructor(
    private readonly clock: Clock,
    readonly duration: number,
  ) {
    this.left = duration;
  }

  /** Begins to count. */
  arm(onLate: () => void): void {
    this.onLate = onLate;
    if (!this.paused) this.count();
  }

  /** Ends the counting for good. */
  disarm(): void {
    this.onLate = undefined;
    this.cancel();
  }

  /** Stops the counting until {@link resume}. */
  pause(): void {
    if (this.paused) return;
    this.paused = true;
    if (this.onLate) this.left -= this.clock.now() - this.since;
    this.cancel();
  }

  resume(): void {
    if (!this.paused) return;
    this.paused = false;
    if (this.onLate) this.count();
  }

  private count(): void {
    const { onLate } = this;
    this.since = this.clock.now();
    if (onLate) this.cancel = this.clock.after(Math.max(0, this.left), onLate);
  }
}
