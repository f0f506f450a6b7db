import type { BotEvents, RefusalReason, Role } from '@pertybot/core';
import type { ModerationEvent, PluginState, SubscriptionTier } from '@pertybot/core/host';

/** An output as `ready` lists it. */
export interface DevOutput {
  readonly gadget: string;
  /** Such as `GPIO17`. */
  readonly pin: string;
  /** Level at the pin. */
  readonly level: 0 | 1;
  /** What the level means for the gadget. */
  readonly on: boolean;
  /** Present where the pin only would be so: the gadget is in `mode: dry-run`. */
  readonly dryRun?: true;
}

/** Every plugin has started, waits for something, or failed. */
export interface ReadyEvent {
  readonly type: 'ready';
  /** Login of the bot's account. */
  readonly bot: string;
  readonly channels: readonly string[];
  readonly plugins: readonly { readonly id: string; readonly state: PluginState['name'] }[];
  /** Names of the chat commands. */
  readonly commands: readonly string[];
  readonly outputs: readonly DevOutput[];
}

/** Somebody wrote in chat. */
export interface MessageEvent {
  readonly type: 'message';
  readonly id: string;
  readonly channel: string;
  /** Login of whoever wrote it. */
  readonly user: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  readonly text: string;
}

/** What every event of somebody in a channel carries. */
interface UserEvent {
  readonly channel: string;
  /** Login of whoever did it. */
  readonly user: string;
}

/** Somebody cheered; the line follows as a `message`. */
interface CheerEvent extends UserEvent {
  readonly type: 'cheer';
  readonly bits: number;
  readonly messageId: string;
}

/** Somebody redeemed a reward; where chat brought it, its line follows as a `message`. */
interface RedeemEvent extends UserEvent {
  readonly type: 'redeem';
  readonly rewardId: string;
  readonly text: string;
  /** The reward's title, its price in channel points and the redemption's id; absent where chat brought it. */
  readonly title?: string;
  readonly cost?: number;
  readonly redemptionId?: string;
  readonly messageId?: string;
}

/** Somebody subscribed, anew or again. */
interface SubscribeEvent extends UserEvent {
  readonly type: 'subscribe';
  readonly tier: SubscriptionTier;
  readonly months: number;
  readonly renewed: boolean;
  readonly text: string;
}

/** Somebody gave subscriptions away. */
interface GiftSubscriptionEvent extends Omit<UserEvent, 'user'> {
  readonly type: 'giftSubscription';
  /** Absent for an anonymous gift. */
  readonly user?: string | undefined;
  readonly tier: SubscriptionTier;
  /** How many; 0 for each receiver of a bundle, which was counted before. */
  readonly count: number;
  readonly recipient?: string | undefined;
}

/** Another channel's viewers came. */
interface RaidEvent extends UserEvent {
  readonly type: 'raid';
  readonly viewers: number;
}

/** A moderator announced something. */
interface AnnouncementEvent extends UserEvent {
  readonly type: 'announcement';
  readonly text: string;
  readonly color: string;
}

/** Something was moderated. */
interface ModeratedEvent extends Omit<ModerationEvent, 'login'> {
  readonly type: 'moderation';
  /** Login of the one it concerns. */
  readonly user?: string | undefined;
}

/** Events that EventSub alone brings. */
export const channelEventNames = [
  'follow',
  'redeemUpdate',
  'automaticReward',
  'powerUp',
  'subscriptionEnd',
  'hypeTrainBegin',
  'hypeTrainProgress',
  'hypeTrainEnd',
  'pollBegin',
  'pollProgress',
  'pollEnd',
  'predictionBegin',
  'predictionProgress',
  'predictionLock',
  'predictionEnd',
  'adBreak',
  'shoutoutSent',
  'shoutoutReceived',
  'goalBegin',
  'goalProgress',
  'goalEnd',
  'charityDonation',
  'charityBegin',
  'charityProgress',
  'charityEnd',
  'raidOut',
  'streamOnline',
  'streamOffline',
  'channelUpdate',
  'shieldModeBegin',
  'shieldModeEnd',
] as const satisfies readonly (keyof BotEvents)[];

/** Name of an event that EventSub alone brings. */
export type ChannelEventName = (typeof channelEventNames)[number];

/** An event of the bot with its name, and the login of whoever did it in place of all that is known of them. */
type Told<Name extends ChannelEventName> = { readonly type: Name } & {
  readonly [Key in keyof BotEvents[Name]]: Key extends 'user' ? string : BotEvents[Name][Key];
};

/** What EventSub alone brings. */
export type ToldEvent = { [Name in ChannelEventName]: Told<Name> }[ChannelEventName];

/** What happens in a channel beside lines of chat. */
export type ChannelDevEvent =
  | CheerEvent
  | RedeemEvent
  | SubscribeEvent
  | GiftSubscriptionEvent
  | RaidEvent
  | AnnouncementEvent
  | ModeratedEvent
  | ToldEvent;

/** The bot wrote in chat, as Twitch received it. */
interface ReplyEvent {
  readonly type: 'reply';
  readonly channel: string;
  readonly text: string;
  /** Id of the message that it answers. */
  readonly replyTo?: string | undefined;
}

/** A command, or what it asked for, was refused. */
export interface RefusalEvent {
  readonly type: 'refusal';
  readonly reason: RefusalReason;
  readonly command: string;
  readonly user: string;
  readonly channel: string;
  readonly messageId: string;
  /** Milliseconds until it would be allowed. */
  readonly retryAfter?: number | undefined;
  readonly text?: string | undefined;
  /** The reward that was redeemed. */
  readonly redemption?: { readonly title: string; readonly cost: number };
}

/** A pin changed. */
interface PinEvent extends DevOutput {
  readonly type: 'pin';
}

/** A plugin changed its state. */
export interface PluginEvent {
  readonly type: 'plugin';
  readonly plugin: string;
  readonly state: PluginState['name'];
  /** What it waits for. */
  readonly reason?: string | undefined;
  /** Why it failed. */
  readonly error?: string | undefined;
  /** Where in its author's code. */
  readonly place?: string | undefined;
  /** What mends that. */
  readonly hint?: string | undefined;
}

/** The bot has stopped, and every pin is off. */
interface StoppedEvent {
  readonly type: 'stopped';
}

/** Something went wrong that ends nothing: a handler threw, a name is taken. */
export interface FaultEvent {
  readonly type: 'fault';
  readonly message: string;
  /** Such as `plugins/dice.ts:7:5`. */
  readonly place?: string;
  readonly hint?: string;
}

/** Something that `pertybot dev` shows; with `--json` each is a line of stdout. */
export type DevEvent =
  | ReadyEvent
  | MessageEvent
  | ChannelDevEvent
  | ReplyEvent
  | RefusalEvent
  | PinEvent
  | PluginEvent
  | FaultEvent
  | StoppedEvent;

/** Shows what happens in `pertybot dev`. */
export interface DevView {
  show(event: DevEvent, at: Date): void;
}
