import { type BotEvents, Inbox, inject, injectable, type Undo } from '@pertybot/core';
import type { EventType } from '../events/event-type.js';
import { eventTypes } from '../events/event-types.js';

/** What plugins listen to of what EventSub brings; the scopes for it are declared, and core asks for them. */
@injectable()
export class Wants {
  constructor(@inject(Inbox) private readonly inbox: Inbox) {}

  /** Types of whose event a plugin would hear. */
  get types(): readonly EventType[] {
    return eventTypes.filter(({ event }) => this.inbox.heardBy(event).length > 0);
  }

  /** Calls `listener` after something of it has changed. */
  onChange(listener: () => void): Undo {
    const events = new Set<keyof BotEvents>(eventTypes.map(({ event }) => event));
    return this.inbox.onHeard((event) => {
      if (events.has(event)) listener();
    });
  }
}
