import type { Undo } from '@pertybot/core';
import type { Fed } from '../shared/feed.js';
import { type HeardEvent, toFeedEvent } from './to-feed-event.js';

/** Events that are remembered for whoever comes or comes back. */
const mostRemembered = 500;

interface Remembered extends HeardEvent {
  readonly number: number;
  readonly at: number;
  told: Fed | undefined;
}

/**
 * The last events of the bot. A line of chat is only put into words when somebody looks: most of the time
 * nobody does.
 */
export class Feed {
  private readonly ring: Remembered[] = [];
  private readonly listeners = new Set<() => void>();
  private count = 0;

  /** @param now milliseconds since 1970 */
  constructor(private readonly now: () => number) {}

  /** Number of the newest event, 0 before the first. */
  get newest(): number {
    return this.count;
  }

  /** Number of the oldest event that is remembered. */
  get oldest(): number {
    return this.ring[0]?.number ?? this.count + 1;
  }

  hear(event: HeardEvent): void {
    this.count += 1;
    this.ring.push({ ...event, number: this.count, at: this.now(), told: undefined });
    if (this.ring.length > mostRemembered) this.ring.shift();
    for (const listener of this.listeners) listener();
  }

  /** What came after an event, as far as it is remembered. */
  after(number: number): readonly Fed[] {
    const first = this.ring[0];
    if (first === undefined) return [];
    return this.ring.slice(Math.max(0, number + 1 - first.number)).map(tell);
  }

  /** Calls `listener` at each event. */
  onEvent(listener: () => void): Undo {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
}

function tell(each: Remembered): Fed {
  each.told ??= { ...toFeedEvent(each), number: each.number, at: each.at };
  return each.told;
}
