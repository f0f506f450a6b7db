import type { Undo } from '@pertybot/core';
import type { Fed } from '../shared/feed.js';
import { type HeardEvent, toFeedEvent } from './to-feed-event.js';

/** Events that are remembered for whoever comes or comes back. */
const mostRemembered = 500;

interface Remembered {
  readonly heard: HeardEvent;
  readonly number: number;
  readonly at: number;
  told: Fed | undefined;
}

/**
 * The last events of the bot. A line of chat is only put into words when somebody looks: most of the time
 * nobody does.
 */
export class Feed {
  /** Each number has its place, which the event after so many others takes over: nothing is ever moved. */
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
    return Math.max(1, this.count - mostRemembered + 1);
  }

  hear(event: HeardEvent): void {
    this.count += 1;
    const number = this.count;
    this.ring[number % mostRemembered] = { heard: event, number, at: this.now(), told: undefined };
    for (const listener of this.listeners) listener();
  }

  /** What came after an event, as far as it is remembered. */
  after(number: number): readonly Fed[] {
    const told: Fed[] = [];
    for (let next = Math.max(number + 1, this.oldest); next <= this.count; next += 1) {
      const each = this.ring[next % mostRemembered];
      if (each) told.push(tell(each));
    }
    return told;
  }

  /** Calls `listener` at each event. */
  onEvent(listener: () => void): Undo {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
}

function tell(each: Remembered): Fed {
  each.told ??= { ...toFeedEvent(each.heard), number: each.number, at: each.at };
  return each.told;
}
