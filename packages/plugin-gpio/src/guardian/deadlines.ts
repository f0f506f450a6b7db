import type { Deadline } from '../drivers/gpio-driver.js';

/** Milliseconds that the bot gets to end an output before its guardian does. */
const grace = 500;

/** When an output that is on has to be off, in monotonic milliseconds. */
interface Due {
  readonly end: number;
  readonly most: number;
  readonly late: () => void;
}

/** Until when each output may be on, as a guardian is told. */
export class Deadlines<Output> {
  private readonly due = new Map<Output, Due>();

  /**
   * Sets when an output has to be off; what it was switched on for does not grow by that.
   * @param now of another clock than the guard's, which may be what has failed
   */
  set(output: Output, { time, most, late }: Deadline, now: number): void {
    const limit = this.due.get(output)?.most ?? now + most + grace;
    this.due.set(output, { end: Math.min(limit, now + time + grace), most: limit, late });
  }

  /** Whether nothing is on. */
  get isEmpty(): boolean {
    return this.due.size === 0;
  }

  /** Forgets it: the output is off. */
  clear(output: Output): void {
    this.due.delete(output);
  }

  /** Tells the bot that an output was on past its end. @returns whether it was to be on at all */
  late(output: Output): boolean {
    const due = this.due.get(output);
    due?.late();
    return due !== undefined;
  }

  /**
   * The line that tells a guardian how the output stands.
   * @param place among the guardian's outputs
   * @param now of the same clock as in {@link Deadlines.set}
   */
  tell(output: Output, place: number, now: number): string {
    const due = this.due.get(output);
    const at = now / 1_000;
    if (due === undefined) return `f ${place} ${at}`;
    return `o ${place} ${secondsUntil(due.end, now)} ${secondsUntil(due.most, now)} ${at}`;
  }
}

function secondsUntil(at: number, now: number): number {
  return Math.max(0, at - now) / 1_000;
}
