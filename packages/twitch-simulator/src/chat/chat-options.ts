/** How many of something are let through in a time, in milliseconds. */
export interface Limit {
  readonly count: number;
  readonly within: number;
}

/** Twitch's limits for one account; a limit that is missing is not held to. */
export interface ChatLimits {
  /** Logins, refused with a notice when there are more. */
  readonly logins?: Limit;
  /** Channels joined; more are ignored in silence. */
  readonly joins?: Limit;
  /** Messages; one too many and all are ignored for `penalty`. */
  readonly messages?: Limit;
  /** Messages of one who is moderator, VIP or broadcaster in that channel. */
  readonly privilegedMessages?: Limit;
  /** Messages to one channel; more are ignored. Not held to where the bot is privileged. */
  readonly channelMessages?: Limit;
  /** Milliseconds in which the same text is refused with `msg_duplicate`. */
  readonly duplicates?: number;
  /** Milliseconds of silence after too many messages. @default 0 */
  readonly penalty?: number;
}

/** How the chat side behaves. */
export interface ChatOptions {
  /**
   * Which limits hold: none, those of an ordinary bot, those of a verified one, or your own.
   * @default 'off'
   */
  readonly limits?: 'off' | 'twitch' | 'verified' | ChatLimits;
  /** Milliseconds between the server's PINGs. @default 300000 */
  readonly pingInterval?: number;
  /** Milliseconds that a client has for its PONG before it is cut. @default 10000 */
  readonly pongTimeout?: number;
}

/** The limits of an ordinary account, as Twitch publishes them. */
export const twitchLimits: ChatLimits = {
  logins: { count: 20, within: 10_000 },
  joins: { count: 20, within: 10_000 },
  messages: { count: 20, within: 30_000 },
  privilegedMessages: { count: 100, within: 30_000 },
  channelMessages: { count: 1, within: 1_000 },
  duplicates: 30_000,
  penalty: 30 * 60_000,
};

/** The limits of a verified bot. */
export const verifiedLimits: ChatLimits = {
  logins: { count: 200, within: 10_000 },
  joins: { count: 2_000, within: 10_000 },
  messages: { count: 7_500, within: 30_000 },
  privilegedMessages: { count: 7_500, within: 30_000 },
  duplicates: 30_000,
  penalty: 30 * 60_000,
};

/** The limits that an option stands for. */
export function toLimits(option: ChatOptions['limits']): ChatLimits {
  if (option === undefined || option === 'off') return {};
  if (option === 'twitch') return twitchLimits;
  return option === 'verified' ? verifiedLimits : option;
}
