import type { BotEvents } from '@pertybot/core';
import type { Fields } from './fields.js';

/** A type of EventSub's, and the event of the bot that is made of it. */
export interface EventType<Event extends keyof BotEvents = keyof BotEvents> {
  readonly event: Event;
  /** Twitch's name, such as `channel.follow`. */
  readonly type: string;
  readonly version: string;
  /** Scopes of the broadcaster of which one will do, the least first; empty where none is needed. */
  readonly scopes: readonly string[];
  /** What Twitch wants to know; @param id Twitch's user id of the broadcaster */
  condition(id: string): Readonly<Record<string, string>>;
  /**
   * @returns undefined for what another source brings
   * @throws MalformedEvent for what makes no sense
   */
  read(fields: Fields, channel: string): BotEvents[Event] | undefined;
}

/** A condition that names the broadcaster alone. */
export function ofBroadcaster(id: string): Readonly<Record<string, string>> {
  return { broadcaster_user_id: id };
}

/** A condition that names a moderator, too: the broadcaster moderates the own channel. */
export function ofModerator(id: string): Readonly<Record<string, string>> {
  return { broadcaster_user_id: id, moderator_user_id: id };
}

/** Gives a type its place in a list of types of any event. */
export function eventType<Event extends keyof BotEvents>(type: EventType<Event>): EventType {
  // Its `read` makes the data of its own event, which is what is emitted with it.
  return type as unknown as EventType;
}
