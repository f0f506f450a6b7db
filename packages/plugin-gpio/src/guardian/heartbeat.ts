import type { Undo } from '@pertybot/core';
import { SystemClock } from '@pertybot/core/host';

/** Milliseconds without a heartbeat after which the guardian sets every output to its safe level. */
export const longestSilence = 2_000;

/** Milliseconds between two heartbeats while something is on. */
const quickPause = 200;

/** The same while nothing is, and by how much later one may be: beside what else looks once a second. */
const rest = { pause: 900, slack: 200 };

/** A silence from which on it counts as a stall: so close to the longest the guardian may have acted. */
const stall = longestSilence - 250;

/** What a {@link Heartbeat} needs. */
export interface HeartbeatOptions {
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly onBeat: () => void;
  /** Called when the process stood still for so long that the guardian may have acted. */
  readonly onStall: (gap: number) => void;
}

/** Beats five times a second while something is on, else once, and knows when it did not. */
export class Heartbeat {
  private readonly clock = new SystemClock();
  private cancel: Undo | undefined;
  private last = 0;
  private isQuick = false;

  constructor(private readonly options: HeartbeatOptions) {}

  /** Begins to beat, or stops. */
  set beating(wanted: boolean) {
    if (wanted === (this.cancel !== undefined)) return;
    this.stop();
    if (!wanted) return;
    this.last = this.options.now();
    this.start();
  }

  /** Whether something is on. */
  get quick(): boolean {
    return this.isQuick;
  }

  set quick(wanted: boolean) {
    if (wanted === this.isQuick) return;
    this.isQuick = wanted;
    if (this.cancel === undefined) return;
    this.stop();
    this.start();
  }

  /** One beat; happens by itself. */
  beat(): void {
    const now = this.options.now();
    const gap = now - this.last;
    this.last = now;
    this.options.onBeat();
    if (gap >= stall) this.options.onStall(gap);
  }

  /** Beats now where it is so late: what a process hears first when it goes on may come before its timers. */
  catchUp(): void {
    if (this.cancel !== undefined && this.options.now() - this.last >= stall) this.beat();
  }

  private start(): void {
    if (this.isQuick) {
      const timer = setInterval(() => this.beat(), quickPause).unref();
      this.cancel = () => clearInterval(timer);
    } else {
      const beat = () => {
        this.start();
        this.beat();
      };
      this.cancel = this.clock.after(rest.pause, beat, rest.slack);
    }
  }

  private stop(): void {
    this.cancel?.();
    this.cancel = undefined;
  }
}
