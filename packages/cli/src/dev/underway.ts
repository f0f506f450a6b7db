import type { Undo } from '@pertybot/core';
import type { Bot } from '@pertybot/core/host';
import { EventSubHealth } from '@pertybot/plugin-eventsub';
import type { TwitchSimulator } from '@pertybot/twitch-simulator';
import { type ChannelDevEvent, channelEventNames } from './dev-event.js';

/** How long plugins may still begin to listen after the bot has arrived, milliseconds: then EventSub is asked for it. */
const quietTime = 500;

/** How long Twitch may take to bring all that is listened to, milliseconds: what it refuses is not waited for. */
const hearingLimit = 5_000;

/** Knows when a bot hears what EventSub brings, so that nothing happens before. */
export class Arrival {
  private since: number | undefined;

  constructor(
    private readonly bot: Pick<Bot, 'find' | 'rewards'>,
    private readonly twitch: Pick<TwitchSimulator, 'channels'>,
  ) {}

  /** Whether the bot hears all that it will; asked again and again once it sits in its channels. */
  hears(channels: readonly string[]): boolean {
    const health = this.bot.find(EventSubHealth);
    if (health === undefined) return true;
    this.since ??= performance.now();
    const passed = performance.now() - this.since;
    if (passed > hearingLimit) return true;
    return passed > quietTime && health.subscriptions.every(({ on }) => on) && this.sells(channels);
  }

  /** Whether each reward that the bot wants is there, and open where it may be. */
  private sells(channels: readonly string[]): boolean {
    const { list } = this.bot.rewards;
    return channels.every((channel) => {
      const there = this.twitch.channels.rewards(channel);
      // Those that are only for the stream wait for it, paused.
      return list.every(({ title, away, onlyLive }) =>
        there.some(
          (each) => each.title === title && (!each.paused || onlyLive || away !== undefined),
        ),
      );
    });
  }
}

/** Messages whose handling is remembered though nobody waits for it yet. */
const mostRemembered = 1_000;

/** Knows which chat messages the bot has handled. */
export class HandledMessages {
  private readonly done = new Set<string>();
  private readonly waiting = new Map<string, () => void>();
  readonly stop: Undo;

  constructor(bot: Pick<Bot, 'on'>) {
    this.stop = bot.on('handled', ({ messageId }) => this.take(messageId));
  }

  /**
   * Waits until a message is handled.
   * @param limit milliseconds
   * @returns whether it was in time
   */
  wait(messageId: string, limit: number): Promise<boolean> {
    if (this.done.delete(messageId)) return Promise.resolve(true);
    return new Promise((resolve) => {
      const end = (inTime: boolean) => {
        clearTimeout(timer);
        this.waiting.delete(messageId);
        resolve(inTime);
      };
      const timer = setTimeout(() => end(false), limit);
      this.waiting.set(messageId, () => end(true));
    });
  }

  private take(messageId: string): void {
    const waiter = this.waiting.get(messageId);
    if (waiter) {
      waiter();
      return;
    }
    this.done.add(messageId);
    const [oldest] = this.done;
    if (this.done.size > mostRemembered && oldest !== undefined) this.done.delete(oldest);
  }
}

type EventType = ChannelDevEvent['type'];

const types: readonly EventType[] = [
  'subscribe',
  'giftSubscription',
  'raid',
  'announcement',
  'moderation',
  ...channelEventNames,
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

/** Counts what the bot has written to chat and Twitch has not received yet. */
export class RepliesUnderway {
  private count = 0;
  private waiting: (() => void)[] = [];

  /** The bot wrote something. */
  written(): void {
    this.count += 1;
  }

  /** Twitch received something, which may be a part of what was written. */
  received(): void {
    this.count -= 1;
    if (this.count > 0) return;
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  /**
   * Waits until all has arrived, or the time is over: a connection that was cut loses some.
   * @param limit milliseconds
   */
  wait(limit: number): Promise<void> {
    if (this.count <= 0) return Promise.resolve();
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.count = 0;
        resolve();
      };
      const timer = setTimeout(end, limit);
      this.waiting.push(end);
    });
  }
}
