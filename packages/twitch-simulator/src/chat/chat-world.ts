import type { BoundedLog } from '../bounded-log.js';
import type { EventHub } from '../event-hub.js';
import type { Account, People } from '../people.js';
import type { ChatEvents, SentMessage } from './chat-events.js';
import type { ChatFaults } from './chat-faults.js';
import type { ChatLimits } from './chat-options.js';
import type { ChatSession } from './chat-session.js';
import type { RateLimiter } from './rate-limiter.js';
import type { RecentMessages } from './recent-messages.js';
import type { Rooms } from './rooms.js';

/** What chat wants to know of a token. */
export interface TokenOwner {
  /** None for an app token. */
  readonly account: Account | undefined;
  readonly scopes: readonly string[];
}

/** All that the parts of the chat side share. */
export interface ChatWorld {
  readonly people: People;
  readonly rooms: Rooms;
  readonly hub: EventHub<ChatEvents>;
  readonly faults: ChatFaults;
  readonly limiter: RateLimiter;
  readonly sessions: Set<ChatSession>;
  readonly recent: RecentMessages;
  readonly received: BoundedLog<SentMessage>;
  /** Whose token it is; nothing if it does not work. */
  readonly tokenOwner: (token: string) => TokenOwner | undefined;
  readonly now: () => number;
  limits: ChatLimits;
}
