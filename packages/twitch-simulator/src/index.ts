// For everybody

export {
  ScriptedBrowser,
  type ScriptedBrowserOptions,
  type VisitedPage,
} from './browser/scripted-browser.js';
export type { Account, AccountOptions } from './people.js';
export { SimulatorError, type SimulatorErrorCode } from './simulator-error.js';
export type { TwitchSimulatorOptions } from './simulator-options.js';
export { startTwitchSimulator, type TwitchSimulator } from './twitch-simulator.js';

// The OAuth side

export type { ClientOptions } from './id/clients.js';
export type { IdEvents, RecordedRequest } from './id/id-events.js';
export type { EndpointName, IdFault, IdFaults } from './id/id-faults.js';
export type { IdRequest } from './id/id-request.js';
export type {
  IssuedTokens,
  IssueTokenOptions,
  TokenDescription,
  TwitchId,
} from './id/twitch-id.js';

// The chat side

export type {
  ChatEvents,
  DroppedMessage,
  Membership,
  SentMessage,
} from './chat/chat-events.js';
export {
  type ChatFaults,
  garbageLines,
  type ReconnectOptions,
  type UpgradeFault,
} from './chat/chat-faults.js';
export {
  type ChatLimits,
  type ChatOptions,
  type Limit,
  twitchLimits,
  verifiedLimits,
} from './chat/chat-options.js';
export type { ChatSession } from './chat/chat-session.js';
export type { Chatter, Role } from './chat/chatter.js';
export { formatLine, type IrcLine, type Tags } from './chat/irc-line.js';
export type { SayOptions, SharedSource } from './chat/message-line.js';
export type { ClearchatOptions, ClearmsgOptions } from './chat/moderation-lines.js';
export type { LoginNotice } from './chat/notices.js';
export type { JoinRefusal, RoomState } from './chat/rooms.js';
export type { FloodOptions, TwitchChat } from './chat/twitch-chat.js';
export type { SubscriptionPlan, UsernoticeOptions } from './chat/usernotice-line.js';

// The API side: Helix, EventSub, and what happens on channels

export type { BroadcasterType } from './channels/channel.js';
export type { BySomebody, OnChannel } from './channels/channel-world.js';
export type {
  CustomReward,
  NewReward,
  RewardLimit,
  RewardSettings,
} from './channels/custom-reward.js';
export type { RedeemOptions } from './channels/points.js';
export type { Redemption, RedemptionStatus } from './channels/redemption.js';
export type { AddRewardOptions, TwitchChannels } from './channels/twitch-channels.js';
export type { CloseCode } from './eventsub/close-codes.js';
export type { EventSubEvents, SentNotification } from './eventsub/eventsub-events.js';
export type { EventSubFaults } from './eventsub/eventsub-faults.js';
export type { EventSubOptions } from './eventsub/eventsub-options.js';
export type {
  NotificationFault,
  ReconnectOptions as EventSubReconnectOptions,
  RevocationReason,
  WelcomeFault,
} from './eventsub/eventsub-scripts.js';
export type { EventSubSession } from './eventsub/eventsub-session.js';
export type { TwitchNotification } from './eventsub/notifier.js';
export type { Condition, Subscriber, Subscription } from './eventsub/subscription.js';
export {
  type ConditionKind,
  type SubscriptionType,
  subscriptionTypes,
} from './eventsub/subscription-types.js';
export type { TwitchEventSub } from './eventsub/twitch-eventsub.js';
export type { HelixEvents, RecordedCall } from './helix/helix-events.js';
export type { HelixFault, HelixFaults } from './helix/helix-faults.js';
export type { TwitchHelix } from './helix/twitch-helix.js';
