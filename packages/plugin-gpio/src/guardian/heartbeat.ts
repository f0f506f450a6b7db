/** Milliseconds without a heartbeat after which the guardian sets every output to its safe level. */
export const longestSilence = 2_000;

/** Milliseconds between two heartbeats. */
const heartbeat = 200;

/** A silence this close to the longest counts as a stall: the guardian may have acted. */
const stallMargin = 250;

/** What a {@link Heartbeat} needs. */
export interface HeartbeatOptions {
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly onBeat: () => void;
  /** Called when the process stood still for so long that the guardian may have acted. */
  readonly onStall: (gap: number) => void;
}

/** Beats five times a second, and knows when it did not. */
export class Heartbeat {
  private timer: NodeJS.Timeout | undefined;
  private last = 0;

  constructor(private readonly options: HeartbeatOptions) {}

  /** Begins to beat, or stops. */
  set beating(wanted: boolean) {
    if (wanted === (this.timer !== undefined)) return;
    clearInterval(this.timer);
    this.timer = undefined;
    if (!wanted) return;
    this.last = this.options.now();
    this.timer = setInterval(() => this.beat(), heartbeat).unref();
  }

  /** One beat; happens by itself. */
  beat(): void {
    const now = this.options.now();
    const gap = now - this.last;
    this.last = now;
    this.options.onBeat();
    if (gap >= longestSilence - stallMargin) this.options.onStall(gap);
  }
}
