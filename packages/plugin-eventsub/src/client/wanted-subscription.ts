import type { EventType } from '../events/event-type.js';

/** A type of EventSub's that somebody wants of a channel. */
export interface WantedSubscription {
  readonly type: EventType;
  /** Channel login without `#`. */
  readonly channel: string;
}

/** Names a wanted subscription among all. */
export function keyOf({ type, channel }: WantedSubscription): string {
  return `${type.type} ${type.version} ${channel}`;
}

/** Why a subscription is missing. */
export interface Problem {
  /** One sentence. */
  readonly text: string;
  /** What the owner can do. */
  readonly hint: string;
}
