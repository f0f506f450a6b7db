import type { EstopEvent, FaultEvent, PluginEvent, ReplyEvent } from './bot-events.js';
import type {
  AdBreakEvent,
  AutomaticRewardEvent,
  ChannelUpdateEvent,
  CharityDonationEvent,
  CharityEvent,
  CheerEvent,
  FollowEvent,
  GiftSubscriptionEvent,
  GoalEvent,
  HypeTrainEvent,
  PollEvent,
  PowerUpEvent,
  PredictionEvent,
  RaidEvent,
  RaidOutEvent,
  RedeemEvent,
  RedeemUpdateEvent,
  ShieldModeEvent,
  ShoutoutEvent,
  StreamOfflineEvent,
  StreamOnlineEvent,
  SubscribeEvent,
  SubscriptionEndEvent,
} from './channel-events.js';
import type { ChatMessage, ChatUser } from './chat.js';
import type {
  AnnouncementEvent,
  ChannelPresenceEvent,
  ChatLifeEvent,
  ConnectionEvent,
  ModerationEvent,
  NoticeEvent,
  RoomStateEvent,
} from './chat-events.js';

/** The redemption that an event is about. */
export interface RedemptionNote {
  readonly id: string;
  /** Name of the reward. */
  readonly reward: string;
  readonly title: string;
  /** Channel points. */
  readonly cost: number;
}

/** A command ran, or what a viewer redeemed has moved. */
export interface CommandEvent {
  readonly command: string;
  /** Id of the plugin whose command it is. */
  readonly plugin: string;
  readonly user: ChatUser;
  readonly channel: string;
  readonly messageId: string;
  /** Milliseconds that the handler took. */
  readonly took: number;
  /** The redemption that it ran for, whose points are spent. */
  readonly redemption?: RedemptionNote;
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
  | 'offline'
  | 'timeout'
  | 'withdrawn'
  | 'cut'
  | 'unmoved'
  | (string & {});

/** A command, what it asked for, or a redemption was refused. */
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
  /** The redemption that it was about, whose points are given back. */
  readonly redemption?: RedemptionNote;
}

/** What an event of the channel set off by plugins.yaml, or why it set nothing off. */
export interface ReactionEvent {
  /** Name of the event, such as `raid`. */
  readonly event: string;
  /** Id of the plugin that reacted. */
  readonly plugin: string;
  readonly channel: string;
  /** Who did it, where somebody did. */
  readonly user?: ChatUser;
  /** What it set off, such as `horn beep, lamp on`; absent where it set nothing off. */
  readonly did?: string;
  /** Why it set nothing off: `unfit`, `limited`, or the reason of a refusal. */
  readonly reason?: RefusalReason;
  /** The same as a sentence. */
  readonly text?: string;
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
  redeemUpdate: RedeemUpdateEvent;
  automaticReward: AutomaticRewardEvent;
  powerUp: PowerUpEvent;
  follow: FollowEvent;
  subscriptionEnd: SubscriptionEndEvent;
  hypeTrainBegin: HypeTrainEvent;
  hypeTrainProgress: HypeTrainEvent;
  hypeTrainEnd: HypeTrainEvent;
  pollBegin: PollEvent;
  pollProgress: PollEvent;
  pollEnd: PollEvent;
  predictionBegin: PredictionEvent;
  predictionProgress: PredictionEvent;
  predictionLock: PredictionEvent;
  predictionEnd: PredictionEvent;
  adBreak: AdBreakEvent;
  shoutoutSent: ShoutoutEvent;
  shoutoutReceived: ShoutoutEvent;
  goalBegin: GoalEvent;
  goalProgress: GoalEvent;
  goalEnd: GoalEvent;
  charityDonation: CharityDonationEvent;
  charityBegin: CharityEvent;
  charityProgress: CharityEvent;
  charityEnd: CharityEvent;
  raidOut: RaidOutEvent;
  streamOnline: StreamOnlineEvent;
  streamOffline: StreamOfflineEvent;
  channelUpdate: ChannelUpdateEvent;
  shieldModeBegin: ShieldModeEvent;
  shieldModeEnd: ShieldModeEvent;
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
  reaction: ReactionEvent;
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
  redeemUpdate: true,
  automaticReward: true,
  powerUp: true,
  follow: true,
  subscriptionEnd: true,
  hypeTrainBegin: true,
  hypeTrainProgress: true,
  hypeTrainEnd: true,
  pollBegin: true,
  pollProgress: true,
  pollEnd: true,
  predictionBegin: true,
  predictionProgress: true,
  predictionLock: true,
  predictionEnd: true,
  adBreak: true,
  shoutoutSent: true,
  shoutoutReceived: true,
  goalBegin: true,
  goalProgress: true,
  goalEnd: true,
  charityDonation: true,
  charityBegin: true,
  charityProgress: true,
  charityEnd: true,
  raidOut: true,
  streamOnline: true,
  streamOffline: true,
  channelUpdate: true,
  shieldModeBegin: true,
  shieldModeEnd: true,
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
  reaction: true,
  plugin: true,
  estop: true,
  fault: true,
} satisfies Readonly<Record<keyof BotEvents, true>>;

/** Names of the events that every bot has; plugins may emit others. */
export const eventNames: readonly string[] = Object.keys(known);
