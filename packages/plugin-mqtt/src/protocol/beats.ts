import type { Clock } from '@pertybot/core';
import type { Beat } from './messages.js';
import { beatInterval, oldestBeat } from './times.js';

/** How many beats can be young enough to be quoted. */
const kept = Math.ceil(oldestBeat / beatInterval) + 2;

/**
 * The beats of a node. Whoever wishes something quotes the last one that he heard, and the node knows by its own clock
 * how long ago that was: whatever was held up on the way, by whomever, shows its age.
 */
export class Beats {
  private n = 0;
  private readonly times = new Map<number, number>();

  /** @param session of the node: beats of an earlier life of it count for nothing */
  constructor(
    private readonly session: string,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** The next beat, which is told now. */
  next(): Beat {
    this.n += 1;
    this.times.set(this.n, this.clock.now());
    this.times.delete(this.n - kept);
    return { session: this.session, n: this.n };
  }

  /** Whether a beat was told so short a while ago that whoever quotes it speaks of now. */
  isFresh({ session, n }: Beat): boolean {
    const time = this.times.get(n);
    if (session !== this.session || time === undefined) return false;
    return this.clock.now() - time <= oldestBeat;
  }
}
