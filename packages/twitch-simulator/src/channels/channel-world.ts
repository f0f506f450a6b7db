import type { ChatEvents } from '../chat/chat-events.js';
import type { Chatter } from '../chat/chatter.js';
import type { Rooms } from '../chat/rooms.js';
import type { TwitchChat } from '../chat/twitch-chat.js';
import type { EventHub } from '../event-hub.js';
import type { EventSubTimes } from '../eventsub/eventsub-options.js';
import type { TwitchNotification } from '../eventsub/notifier.js';
import type { Account, People } from '../people.js';
import type { Channels } from './channel.js';
import type { Timers } from './timers.js';

/** All that happens on a channel is done with these. */
export interface ChannelWorld {
  readonly people: People;
  readonly channels: Channels;
  readonly rooms: Rooms;
  readonly chat: TwitchChat;
  readonly chatHub: EventHub<ChatEvents>;
  readonly timers: Timers;
  readonly times: EventSubTimes;
  /** Milliseconds. */
  readonly now: () => number;
  notify(notification: TwitchNotification): void;
  /** Somebody is a moderator of a channel no more. */
  dismissed(channel: Account, moderator: Account): void;
}

/** What every action on a channel is told. */
export interface OnChannel {
  /** With or without `#`. */
  readonly channel: string;
}

/** What every action of somebody is told. */
export interface BySomebody extends OnChannel {
  readonly as: Chatter;
}
