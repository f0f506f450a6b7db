import type { ChatMessage, ChatUser, Delivery } from './chat.js';
import type { PluginState } from './plugin-state.js';

/** What every event from a channel carries. */
export interface ChannelEvent {
  /** Channel login without `#`. */
  readonly channel: string;
}

/** What every event about somebody carries. */
export interface UserEvent extends ChannelEvent {
  readonly user: ChatUser;
}

/** A subscription tier; `prime` is paid with Prime. */
export type SubscriptionTier = 'prime' | '1' | '2' | '3';

/** Somebody subscribed, or shared that they did again. */
export interface SubscribeEvent extends UserEvent {
  readonly tier: SubscriptionTier;
  /** Months in all, 1 for a new subscription. */
  readonly months: number;
  readonly renewed: boolean;
  /** What the subscriber wrote with it. */
  readonly text: string;
}

/** Somebody gave subscriptions away. */
export interface GiftSubscriptionEvent extends ChannelEvent {
  /** Who gives; undefined for an anonymous gift. */
  readonly user: ChatUser | undefined;
  readonly tier: SubscriptionTier;
  /** How many this event stands for. */
  readonly count: number;
  /** Who receives it, when it is a single one: login and display name. */
  readonly recipient?: {
    readonly id: string;
    readonly login: string;
    readonly displayName: string;
  };
}

/** Another channel's viewers came. */
export interface RaidEvent extends UserEvent {
  readonly viewers: number;
}

/** A message that cheers bits. */
export interface CheerEvent extends UserEvent {
  readonly bits: number;
  readonly message: ChatMessage;
}

/** A channel-point reward with text was redeemed. */
export interface RedeemEvent extends UserEvent {
  readonly rewardId: string;
  readonly text: string;
  readonly message: ChatMessage;
}

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

/** A command ran. */
export interface CommandEvent {
  readonly command: string;
  /** Id of the plugin whose command it is. */
  readonly plugin: string;
  readonly user: ChatUser;
  readonly channel: string;
  readonly messageId: string;
  /** Milliseconds that the handler took. */
  readonly took: number;
}

/** Why a command did not run, or, as `unsaid`, why its answer was not said. Plugins may add their own, such as `pin.maxOn`. */
export type RefusalReason =
  | 'starting'
  | 'stopping'
  | 'unknown'
  | 'disabled'
  | 'role'
  | 'arguments'
  | 'late'
  | 'queue'
  | 'stopped'
  | 'cooldown'
  | 'unsaid'
  | 'busy'
  | 'fault'
  | (string & {});

/** A command, or what it asked for, was refused. */
export interface RefusalEvent {
  readonly reason: RefusalReason;
  readonly command: string;
  readonly user: ChatUser;
  readonly channel: string;
  readonly messageId: string;
  /** Milliseconds until it would be allowed. */
  readonly retryAfter?: number;
  /** A sentence that chat can be told. */
  readonly text?: string;
}

/** Somebody stopped everything, or the owner released it. */
export interface EstopEvent {
  readonly engaged: boolean;
  /** Who stopped everything; absent when it was released. */
  readonly by?: string;
}

/** A plugin changed its state. */
export interface PluginEvent {
  readonly plugin: string;
  readonly state: PluginState;
}

/** The bot gave a text to chat. */
export interface ReplyEvent {
  readonly channel: string;
  readonly text: string;
  /** Message that it answers. */
  readonly replyTo?: string;
  readonly delivery: Delivery;
}

/** A plugin threw where nobody could catch it. */
export interface FaultEvent {
  readonly plugin: string;
  /** What ran: `command lamp`, `listener message`, `timer`, … */
  readonly where: string;
  readonly messageId?: string;
  readonly error: unknown;
}

/**
 * Every event of the bot, by name. A plugin that emits others adds them by declaration merging:
 * `declare module '@pertybot/core' { interface BotEvents { pin: PinEvent } }`.
 */
export interface BotEvents {
  message: ChatMessage;
  /** A message was heard and its handler, if any, is done. */
  handled: { readonly messageId: string };
  reply: ReplyEvent;
  cheer: CheerEvent;
  redeem: RedeemEvent;
  subscribe: SubscribeEvent;
  giftSubscription: GiftSubscriptionEvent;
  raid: RaidEvent;
  announcement: AnnouncementEvent;
  join: ChannelPresenceEvent;
  part: ChannelPresenceEvent;
  moderation: ModerationEvent;
  roomState: RoomStateEvent;
  notice: NoticeEvent;
  connected: ConnectionEvent;
  disconnected: ConnectionEvent;
  chatLife: ChatLifeEvent;
  command: CommandEvent;
  refusal: RefusalEvent;
  plugin: PluginEvent;
  estop: EstopEvent;
  fault: FaultEvent;
}

const known: Readonly<Record<string, true>> = {
  message: true,
  handled: true,
  reply: true,
  cheer: true,
  redeem: true,
  subscribe: true,
  giftSubscription: true,
  raid: true,
  announcement: true,
  join: true,
  part: true,
  moderation: true,
  roomState: true,
  notice: true,
  connected: true,
  disconnected: true,
  chatLife: true,
  command: true,
  refusal: true,
  plugin: true,
  estop: true,
  fault: true,
} satisfies Readonly<Record<keyof BotEvents, true>>;

/** Names of the events that every bot has; plugins may emit others. */
export const eventNames: readonly string[] = Object.keys(known);
