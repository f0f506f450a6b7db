import type { ChannelEvent, UserEvent } from './channel-events.js';

/** The bot sits in a channel, or no longer does. */
export interface ChannelPresenceEvent extends ChannelEvent {
  /** Why it left or could not join, when known. */
  readonly reason?: string;
}

/** Something was moderated. */
export interface ModerationEvent extends ChannelEvent {
  readonly action: 'timeout' | 'ban' | 'delete' | 'clear';
  /** Login of the one it concerns; absent for `clear`. */
  readonly login?: string;
  /** Seconds of a time-out. */
  readonly duration?: number;
  /** Message that was deleted. */
  readonly messageId?: string;
}

/** A highlighted announcement by a moderator. */
export interface AnnouncementEvent extends UserEvent {
  readonly text: string;
  readonly color: string;
}

/** How the room is set: absent fields did not change. */
export interface RoomStateEvent extends ChannelEvent {
  /** Seconds between messages, 0 when off. */
  readonly slow?: number;
  /** Minutes of following that are asked, -1 when off. */
  readonly followersOnly?: number;
  readonly subscribersOnly?: boolean;
  readonly emoteOnly?: boolean;
  readonly uniqueOnly?: boolean;
}

/** Something that Twitch says about the channel or the connection. */
export interface NoticeEvent {
  readonly channel?: string;
  /** Twitch's message id, such as `msg_duplicate`, or the id of an unknown USERNOTICE. */
  readonly id: string;
  readonly text: string;
}

/** The chat connection is up or down. */
export interface ConnectionEvent {
  readonly reason?: string;
}

/** How long chat has been silent. A chat plugin tells it each second, connected or not. */
export interface ChatLifeEvent {
  /** When the chat service gave its last sign of life, by the bot's Clock; undefined before the first. */
  readonly lastHeard: number | undefined;
}
