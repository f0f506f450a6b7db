import { randomBytes } from 'node:crypto';
import type { Clock } from '@pertybot/core';

/** Makes an id that nobody else has. */
export function newId(): string {
  return randomBytes(8).toString('hex');
}

/** Most ids that are remembered; who sends more in a minute has the oldest forgotten. */
const mostIds = 10_000;

/** How long an id is remembered, milliseconds. */
const idTime = 60_000;

/** Ids that came already: a broker may deliver what it must deliver at least once a second time. */
export class SeenIds {
  private readonly seen = new Map<string, number>();

  constructor(private readonly clock: Pick<Clock, 'now'>) {}

  /** Notes an id. @returns whether it is new */
  take(id: string): boolean {
    const now = this.clock.now();
    for (const [old, time] of this.seen) {
      if (now - time < idTime && this.seen.size < mostIds) break;
      this.seen.delete(old);
    }
    if (this.seen.has(id)) return false;
    this.seen.set(id, now);
    return true;
  }
}
