import type { Clock } from '../../contracts/clock.js';
import type { Undo } from '../../contracts/consumer.js';

/** Milliseconds after which it is looked again how long something has gone on. */
const pause = 1_000;

/**
 * Milliseconds that count between two looks. A bot that stands still for longer has nothing on any more: its guardian,
 * or the lease of another machine, has ended it meanwhile.
 */
const mostUnseen = 2_000;

/** One movement of a deed, or work of several. */
export class Part {
  state: 'open' | 'whole' | 'cut' = 'open';
  /** Whether something has left its safe level in it. */
  moved = false;
  /** The work that it belongs to, which is judged in its place. */
  within: Part | undefined;
  /** Milliseconds that it has gone on, when it was last looked at. */
  private had = 0;
  private seen: number;
  private cancel: Undo = () => {};

  /** @param time milliseconds for which it is wanted */
  constructor(
    private readonly clock: Clock,
    public time: number | undefined,
  ) {
    this.seen = clock.now();
  }

  /** Whether it goes on, and has an end of its own. */
  get isTimed(): boolean {
    return this.state === 'open' && this.time !== undefined;
  }

  /** Ends it: half of its time is enough. @param isWhole whether it came to its own end */
  end(isWhole: boolean): void {
    if (this.state !== 'open') return;
    this.forget();
    this.state = isWhole || this.isHalf ? 'whole' : 'cut';
  }

  /** Makes it whole when half of its time has run, and tells `listener`. */
  atHalf(listener: () => void): Undo {
    this.forget();
    if (this.time === undefined) return this.cancel;
    const left = this.time / 2 - this.look();
    this.cancel = this.clock.after(Math.max(0, Math.min(left, pause)), () => {
      if (!this.isHalf) {
        this.atHalf(listener);
        return;
      }
      this.state = 'whole';
      listener();
    });
    return () => this.forget();
  }

  /** Looks at the clock no more. */
  forget(): void {
    this.cancel();
    this.cancel = () => {};
  }

  private get isHalf(): boolean {
    return this.time !== undefined && 2 * this.look() >= this.time;
  }

  /** How long it has gone on. */
  private look(): number {
    const now = this.clock.now();
    this.had += Math.min(now - this.seen, mostUnseen);
    this.seen = now;
    return this.had;
  }
}
