import type { Rooms } from '../chat/rooms.js';
import type { EventHub } from '../event-hub.js';
import type { Grants } from '../id/grants.js';
import type { People } from '../people.js';
import type { EventSubEvents } from './eventsub-events.js';
import type { EventSubTimes } from './eventsub-options.js';
import type { EventSubScripts } from './eventsub-scripts.js';
import type { EventSubSession } from './eventsub-session.js';
import type { Subscriptions } from './subscriptions.js';

/** All that the parts of the EventSub side share. */
export interface EventSubWorld {
  readonly people: People;
  readonly rooms: Rooms;
  readonly grants: Grants;
  readonly hub: EventHub<EventSubEvents>;
  readonly subscriptions: Subscriptions;
  /** Every connection, by its session's id. */
  readonly sessions: Map<string, EventSubSession>;
  readonly scripts: EventSubScripts;
  readonly times: EventSubTimes;
  /** Milliseconds; what the rules go by. */
  readonly now: () => number;
  /** Milliseconds as messages show them: a fault may have them wrong. */
  readonly clock: () => number;
  /** Where clients connect to, such as `ws://127.0.0.1:4002/ws`. */
  url: string;
}
