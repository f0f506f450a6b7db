import type { ModerationEvent } from '@pertybot/core/host';
import type { IrcTags } from './irc-tags.js';

/** One line of chat as it came, before anything is judged. */
export interface PrivateMessage {
  readonly kind: 'message';
  /** Channel login without `#`. */
  readonly channel: string;
  /** Login of the writer. */
  readonly login: string;
  /** What was written, without the wrapping of /me. */
  readonly text: string;
  readonly action: boolean;
  readonly tags: IrcTags;
}

/** What Twitch tells about a viewer: a subscription, a raid, an announcement, … */
export interface UserNotice {
  readonly kind: 'userNotice';
  readonly channel: string;
  /** Twitch's `msg-id`. */
  readonly id: string;
  /** What the viewer wrote with it. */
  readonly text: string;
  readonly tags: IrcTags;
}

/** What Twitch tells the bot. */
export interface ServerNotice {
  readonly kind: 'notice';
  /** Absent when it concerns the connection. */
  readonly channel?: string;
  /** Twitch's `msg-id`. */
  readonly id: string;
  readonly text: string;
}

/** How a channel is set: all of it after a join, later what changed. */
export interface RoomSettings {
  readonly kind: 'roomState';
  readonly channel: string;
  readonly tags: IrcTags;
}

/** What moderators did. */
export interface Moderation {
  readonly kind: 'moderation';
  readonly event: ModerationEvent;
}

/** The bot is no longer in a channel. */
export interface Parted {
  readonly kind: 'parted';
  readonly channel: string;
}

/** All that a connection brings beside its own beginning and end. */
export type IncomingLine =
  | PrivateMessage
  | UserNotice
  | ServerNotice
  | RoomSettings
  | Moderation
  | Parted;

/** Why a connection ended. */
export type EndReason =
  /** No connection came about. */
  | 'unreachable'
  /** Neither a connection nor a refusal came in time. */
  | 'timeout'
  /** Twitch refused the token. */
  | 'rejected'
  /** It broke after the login. */
  | 'lost'
  /** The other side answers no PING. */
  | 'silent'
  /** Twitch asked to connect again. */
  | 'moved'
  /** The bot closed it. */
  | 'left';

/** The end of a connection. */
export interface ConnectionEnd {
  readonly reason: EndReason;
  /** What was said about it; never a secret. */
  readonly text: string;
}

/** What the bot is in a channel, as far as it matters for sending. */
export type Standing = 'viewer' | 'privileged';

/** One connection to chat. Once it has ended it stays so. */
export interface ChatConnection {
  /** Resolves with true when the bot is logged in, with false when the connection ends before. */
  readonly opened: Promise<boolean>;
  /** Resolves when the connection ends, however that comes; never rejects. */
  readonly ended: Promise<ConnectionEnd>;
  /** When anything arrived last, by the bot's clock; undefined before the login. */
  readonly lastHeard: number | undefined;
  /**
   * Writes one IRC line, which must hold no line break.
   * @returns whether it was written
   */
  send(line: string): boolean;
  /** Whether Twitch lets the bot send faster in `channel`: as moderator, VIP or broadcaster. */
  standingIn(channel: string): Standing;
  /** Ends it; nothing that arrives later is heard. */
  close(end: ConnectionEnd): void;
}
