import type { InjectionToken } from '@pertybot/core';

/** How a subscription of EventSub's stands. */
export interface SubscriptionHealth {
  /** Channel login without `#`. */
  readonly channel: string;
  /** The bot's event, such as `follow`. */
  readonly event: string;
  /** Twitch's type, such as `channel.follow`. */
  readonly type: string;
  /** Whether its events come. */
  readonly on: boolean;
  /** Why they do not come, one sentence; absent where they do, or are just being asked for. */
  readonly problem?: string;
  /** What to do about it. */
  readonly hint?: string;
}

/** A time in which nothing came that happened: Twitch tells nothing twice. */
export interface EventGap {
  readonly channels: readonly string[];
  /** When it ended, milliseconds since 1970. */
  readonly endedAt: number;
  /** Milliseconds. */
  readonly duration: number;
}

/** How EventSub does. */
export interface EventSubHealth {
  /**
   * `idle`: nobody listens to anything of it; `ok`: all comes that somebody listens to; `degraded`: some of it does
   * not; `down`: none does.
   */
  readonly state: 'idle' | 'ok' | 'degraded' | 'down';
  /** One entry for each subscription that somebody wants, whether it is there or not. */
  readonly subscriptions: readonly SubscriptionHealth[];
  /** The last time in which nothing came; undefined where there was none since the start. */
  readonly lastGap: EventGap | undefined;
  /** Events that made no sense since the start. */
  readonly malformedEvents: number;
  /** Messages that arrived a second time since the start. */
  readonly duplicateMessages: number;
}

/** Injection token of the {@link EventSubHealth}. */
export const EventSubHealth: InjectionToken<EventSubHealth> = Symbol.for(
  'pertybot.eventsub.Health',
);
