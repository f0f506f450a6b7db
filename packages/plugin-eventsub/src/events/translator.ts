import { Inbox, inject, injectable, Logger } from '@pertybot/core';
import type { EventType } from './event-type.js';
import { eventTypes } from './event-types.js';
import { Fields, MalformedEvent } from './fields.js';

/** What EventSub told, as it came: also of types and with fields that the bot does not know. */
export interface EventSubEvent {
  /** Channel login without `#`. */
  readonly channel: string;
  /** Such as `channel.follow`. */
  readonly type: string;
  readonly version: string;
  /** Twitch's own JSON. */
  readonly data: unknown;
}

declare module '@pertybot/core' {
  interface BotEvents {
    eventsub: EventSubEvent;
  }
}

/** Makes the bot's events of what EventSub tells. */
@injectable()
export class Translator {
  private readonly types = new Map<string, EventType>();
  /** Events that made no sense since the start. */
  malformed = 0;

  constructor(
    @inject(Inbox) private readonly inbox: Inbox,
    @inject(Logger) private readonly log: Logger,
  ) {
    for (const type of eventTypes) this.types.set(`${type.type} ${type.version}`, type);
  }

  /** Whether the bot makes events of a type. */
  knows(type: string): boolean {
    return eventTypes.some((each) => each.type === type);
  }

  /** Login of the channel that an event names; empty where it names none. */
  channelOf(data: unknown): string {
    const { broadcaster_user_login: login } = (data ?? {}) as { broadcaster_user_login?: unknown };
    return typeof login === 'string' ? login.toLowerCase() : '';
  }

  /** Tells whoever listens. Never throws. */
  tell(event: EventSubEvent): void {
    const type = this.types.get(`${event.type} ${event.version}`);
    if (type !== undefined) this.translate(type, event);
    if (this.inbox.isHeard('eventsub')) this.inbox.emit('eventsub', event);
  }

  private translate(type: EventType, { channel, data }: EventSubEvent): void {
    try {
      const made = type.read(new Fields(data), channel);
      if (made !== undefined) this.inbox.emit(type.event, made);
    } catch (error) {
      if (!(error instanceof MalformedEvent)) throw error;
      this.malformed += 1;
      this.log.warn(`An event "${type.type}" of "${channel}" makes no sense: ${error.message}.`, {
        hint: 'Nothing to do; if it goes on, Twitch has changed something: update the plugin.',
      });
    }
  }
}
