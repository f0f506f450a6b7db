import type { Undo } from '@pertybot/core';
import type { Bot } from '@pertybot/core/host';
import type { ChannelDevEvent } from './dev-event.js';

type EventType = ChannelDevEvent['type'];

const types: readonly EventType[] = [
  'subscribe',
  'giftSubscription',
  'raid',
  'announcement',
  'moderation',
];

interface Waiter {
  readonly type: EventType;
  /** How many are still to come. */
  left: number;
  end(inTime: boolean): void;
}

/** Knows when the bot has heard of what happens in its channel. */
export class HeardEvents {
  private readonly waiting = new Set<Waiter>();
  readonly stop: Undo;

  constructor(bot: Pick<Bot, 'on'>) {
    const undo = types.map((type) => bot.on(type, () => this.take(type)));
    this.stop = () => {
      for (const each of undo) each();
    };
  }

  /**
   * Waits for the next `count` events of a type.
   * @param limit milliseconds
   * @returns whether they came in time
   */
  wait(type: EventType, count: number, limit: number): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (inTime: boolean) => {
        clearTimeout(timer);
        this.waiting.delete(waiter);
        resolve(inTime);
      };
      const waiter: Waiter = { type, left: count, end };
      const timer = setTimeout(() => end(false), limit);
      this.waiting.add(waiter);
    });
  }

  /** An event is that of whoever waits longest. */
  private take(type: EventType): void {
    for (const waiter of this.waiting) {
      if (waiter.type !== type) continue;
      waiter.left -= 1;
      if (waiter.left === 0) waiter.end(true);
      return;
    }
  }
}
