import type { Clock } from '../../contracts/clock.js';
import type { Undo } from '../../contracts/consumer.js';

/** One movement of a deed, or work of several. */
export class Part {
  state: 'open' | 'whole' | 'cut' = 'open';
  /** Whether something has left its safe level in it. */
  moved = false;
  /** The work that it belongs to, which is judged in its place. */
  within: Part | undefined;
  private readonly since: number;
  private cancel: Undo = () => {};

  /** @param time milliseconds for which it is wanted */
  constructor(
    private readonly clock: Clock,
    public time: number | undefined,
  ) {
    this.since = clock.now();
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
    const left = this.time / 2 - (this.clock.now() - this.since);
    this.cancel = this.clock.after(Math.max(0, left), () => {
      this.state = 'whole';
      listener();
    });
    return this.cancel;
  }

  /** Looks at the clock no more. */
  forget(): void {
    this.cancel();
    this.cancel = () => {};
  }

  private get isHalf(): boolean {
    return this.time !== undefined && 2 * (this.clock.now() - this.since) >= this.time;
  }
}
