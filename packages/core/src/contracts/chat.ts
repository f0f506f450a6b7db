import type { InjectionToken } from './injection.js';

/** Roles of a chatter, weakest first. Each includes the ones before it. */
export const roles = ['everyone', 'subscriber', 'vip', 'moderator', 'broadcaster'] as const;

/** What a chatter is in the channel, as Twitch's badges say. */
export type Role = (typeof roles)[number];

/** Whoever wrote a message. The identity is {@link ChatUser.id}: names change. */
export interface ChatUser {
  /** Twitch's user id. */
  readonly id: string;
  /** Login name, lower case. */
  readonly login: string;
  /** Name as shown, which may hold any script. */
  readonly displayName: string;
  /** All roles held, `everyone` included. */
  readonly roles: readonly Role[];
  /** Badge name to version, such as `subscriber` to `12`. */
  readonly badges: Readonly<Record<string, string>>;
  /** Colour of the name as `#rrggbb`, when chosen. */
  readonly color?: string | undefined;
  /** Months subscribed in all, 0 for those who are not. */
  readonly monthsSubscribed: number;
}

/** The message that a message answers. */
export interface ReplyParent {
  readonly messageId: string;
  readonly userId: string;
  readonly userLogin: string;
  readonly userDisplayName: string;
  readonly text: string;
}

/** An emote in a text. */
export interface ChatEmote {
  /** Twitch's id of it. */
  readonly id: string;
  /** Index of its first character in the text. */
  readonly start: number;
  /** Index behind its last character. */
  readonly end: number;
}

/** One line of chat. */
export interface ChatMessage {
  readonly id: string;
  /** Channel login without `#`, lower case. */
  readonly channel: string;
  /** Twitch's user id of the broadcaster. */
  readonly roomId: string;
  readonly user: ChatUser;
  readonly text: string;
  /** Whether it was sent with /me. */
  readonly action: boolean;
  /** Bits cheered in it, 0 when none. */
  readonly bits: number;
  /** The emotes in {@link ChatMessage.text}, as they stand there; absent where there are none. */
  readonly emotes?: readonly ChatEmote[] | undefined;
  readonly replyTo?: ReplyParent | undefined;
  /** Id of the channel-point reward that it redeems. */
  readonly customRewardId?: string | undefined;
  /** Whether it is this user's first message in the channel ever. */
  readonly firstMessage: boolean;
  /** When Twitch took it, milliseconds since 1970. */
  readonly sentAt: number;
  /**
   * Milliseconds that it was on its way longer than the fastest on its connection, by a clock that never
   * jumps; absent where nothing is known of it.
   */
  readonly age?: number | undefined;
  /** Whether it names the bot. */
  readonly mentionsBot: boolean;
  /** Room id of the channel in which it was written, when chat is shared and that is another one. */
  readonly sharedFrom?: string | undefined;
}

/** What became of a text given to {@link Chat}. Twitch confirms nothing, so `written` is the most. */
export type Delivery =
  | { readonly status: 'written' }
  | { readonly status: 'dropped'; readonly reason: string };

/** Where a text goes. */
export interface SayOptions {
  /** Channel login. @default all channels of the bot */
  readonly channel?: string;
}

/** The way out to chat. The plugin that provides it owns the connection. */
export interface Chat {
  /** Logins of the channels that the bot sits in. */
  readonly channels: readonly string[];
  say(text: string, options?: SayOptions): Promise<Delivery>;
  /** Answers `message` in its thread. */
  reply(message: ChatMessage, text: string): Promise<Delivery>;
  /** Says `text` with /me. */
  action(text: string, options?: SayOptions): Promise<Delivery>;
}

/** Injection token of {@link Chat}. */
export const Chat: InjectionToken<Chat> = Symbol.for('pertybot.Chat');
