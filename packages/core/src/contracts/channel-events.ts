import type { ChatMessage, ChatUser } from './chat.js';

/** What every event from a channel carries. */
export interface ChannelEvent {
  /** Channel login without `#`. */
  readonly channel: string;
}

/** What every event about somebody carries. */
export interface UserEvent extends ChannelEvent {
  readonly user: ChatUser;
}

/** A subscription tier; `prime` is paid with Prime. Twitch may add tiers without notice. */
export type SubscriptionTier = 'prime' | '1' | '2' | '3' | (string & {});

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

/** A channel-point reward was redeemed. Where EventSub runs it brings this; else chat does, of rewards with text alone. */
export interface RedeemEvent extends UserEvent {
  readonly rewardId: string;
  /** What the viewer typed; empty where nothing was asked for. */
  readonly text: string;
  /** The redemption's own id; absent where chat brought it. */
  readonly redemptionId?: string;
  /** The reward's title; absent where chat brought it. */
  readonly title?: string;
  /** Channel points that it cost; absent where chat brought it. */
  readonly cost?: number;
  /** How it stands: `unfulfilled`, or `fulfilled` of a reward that asks nobody; absent where chat brought it. */
  readonly status?: 'unfulfilled' | 'fulfilled' | (string & {});
  /** When Twitch took it, milliseconds since 1970; absent where chat brought it. */
  readonly redeemedAt?: number;
  /** The line of chat that brought it; absent where EventSub did. */
  readonly message?: ChatMessage;
}

/** A redemption was settled: by the bot, by a moderator, or by Twitch. */
export interface RedeemUpdateEvent extends UserEvent {
  readonly rewardId: string;
  readonly redemptionId: string;
  readonly title: string;
  /** Twitch adds kinds without notice. */
  readonly status: 'fulfilled' | 'canceled' | (string & {});
}

/** One of Twitch's own rewards was redeemed, such as `send_highlighted_message`. */
export interface AutomaticRewardEvent extends UserEvent {
  readonly reward: string;
  readonly cost: number;
  readonly text: string;
}

/** Bits were spent on a power-up. */
export interface PowerUpEvent extends UserEvent {
  /** `message_effect`, `celebration`, `gigantify_an_emote`, or `custom`. */
  readonly kind: string;
  readonly bits: number;
  readonly text: string;
  /** Title of a custom power-up. */
  readonly title?: string;
}

/** Somebody follows the channel. */
export interface FollowEvent extends UserEvent {
  /** When, milliseconds since 1970. */
  readonly followedAt: number;
}

/** A subscription ended and was not renewed. */
export interface SubscriptionEndEvent extends UserEvent {
  readonly tier: SubscriptionTier;
  readonly gift: boolean;
}

/** A hype train begins, goes on, or has ended. */
export interface HypeTrainEvent extends ChannelEvent {
  readonly id: string;
  /** `regular`, `treasure`, `golden_kappa`. */
  readonly kind: string;
  readonly level: number;
  /** Points of the train in all. */
  readonly total: number;
  /** Points of this level so far; absent at the end. */
  readonly progress?: number;
  /** Points that this level asks for; absent at the end. */
  readonly goal?: number;
  /** When it ends or has ended, milliseconds since 1970. */
  readonly endsAt: number;
}

/** A poll begins, goes on, or has ended. */
export interface PollEvent extends ChannelEvent {
  readonly id: string;
  readonly title: string;
  readonly choices: readonly {
    readonly id: string;
    readonly title: string;
    /** 0 while nobody knows yet. */
    readonly votes: number;
  }[];
  /** When it ends or has ended, milliseconds since 1970. */
  readonly endsAt: number;
  /** How it ended: `completed`, `archived`, `terminated`. */
  readonly status?: string;
  /** Title of the choice with the most votes, at the end. */
  readonly winner?: string;
}

/** A prediction begins, goes on, is locked, or has ended. */
export interface PredictionEvent extends ChannelEvent {
  readonly id: string;
  readonly title: string;
  readonly outcomes: readonly {
    readonly id: string;
    readonly title: string;
    readonly users: number;
    readonly points: number;
  }[];
  /** When it is locked, was locked or has ended, milliseconds since 1970. */
  readonly endsAt: number;
  /** How it ended: `resolved`, `canceled`. */
  readonly status?: string;
  /** Title of the outcome that won, at the end. */
  readonly winner?: string;
}

/** Advertisements begin; nobody says when they end but `duration`. */
export interface AdBreakEvent extends ChannelEvent {
  /** Milliseconds. */
  readonly duration: number;
  readonly automatic: boolean;
  readonly startedAt: number;
}

/** The channel praised another one, or another one praised it. */
export interface ShoutoutEvent extends ChannelEvent {
  /** The other channel. */
  readonly other: ChannelName;
  readonly viewers: number;
}

/** A channel by its names. */
export interface ChannelName {
  readonly id: string;
  readonly login: string;
  readonly displayName: string;
}

/** A goal of the channel begins, comes nearer, or has ended. */
export interface GoalEvent extends ChannelEvent {
  readonly id: string;
  /** Such as `follow`, `subscription`, `new_bit`. */
  readonly kind: string;
  readonly description: string;
  readonly current: number;
  readonly target: number;
  /** Whether it was reached, at the end. */
  readonly achieved?: boolean;
}

/** An amount of money, `value` in units of the currency. */
export interface Money {
  readonly value: number;
  readonly currency: string;
}

/** A charity campaign begins, comes nearer its target, or has stopped. */
export interface CharityEvent extends ChannelEvent {
  readonly id: string;
  readonly charity: string;
  readonly current: Money;
  readonly target: Money;
}

/** Somebody gave to the charity. */
export interface CharityDonationEvent extends UserEvent {
  readonly charity: string;
  readonly amount: Money;
}

/** The channel raided another one; told when the viewers land. */
export interface RaidOutEvent extends ChannelEvent {
  readonly to: ChannelName;
  readonly viewers: number;
}

/** The stream began. */
export interface StreamOnlineEvent extends ChannelEvent {
  readonly id: string;
  /** `live`, `playlist`, `watch_party`, `premiere`, `rerun`. */
  readonly kind: string;
  readonly startedAt: number;
}

/** The stream ended. */
export interface StreamOfflineEvent extends ChannelEvent {
  readonly id?: string;
}

/** The channel's title or category changed. */
export interface ChannelUpdateEvent extends ChannelEvent {
  readonly title: string;
  readonly category: string;
  readonly language: string;
}

/** A moderator put up the shield, or took it down. */
export interface ShieldModeEvent extends ChannelEvent {
  /** The moderator. */
  readonly moderator: ChannelName;
}
