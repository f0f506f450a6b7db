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
