import type { Clock } from '@pertybot/core';

/** Longest rest that is asked of a clock, milliseconds: an hour. */
const longest = 3_600_000;

/** A rest that can be cut short, also before it begins. */
export class WakeableRest {
  private woken = false;
  private end: (() => void) | undefined;

  constructor(private readonly clock: Clock) {}

  /** Ends the rest, or the next one when there is none now. */
  wake(): void {
    this.woken = true;
    this.end?.();
  }

  /** Rests for `delay` milliseconds, until woken, or until `signal` fires. It never throws. */
  async until(delay: number, signal: AbortSignal): Promise<void> {
    if (delay > 0 && !this.woken && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const cancel = this.clock.after(Math.min(delay, longest), resolve);
        this.end = () => {
          cancel();
          resolve();
        };
        signal.addEventListener('abort', this.end, { once: true });
      });
      if (this.end !== undefined) signal.removeEventListener('abort', this.end);
      this.end = undefined;
    }
    this.woken = false;
  }
}
