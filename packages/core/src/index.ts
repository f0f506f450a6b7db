// For authors of plugins; programs that run bots have `@pertybot/core/host` beside it.

// A plugin: its definition, and what its start receives
export {
  definePlugin,
  type Plugin,
  type PluginDefinition,
  type PluginContext,
  type Finding,
} from './contracts/plugin.js';
export type { Undo, AsyncUndo } from './contracts/consumer.js';

// Its config
export * as v from 'valibot';
export {
  type Duration,
  duration,
  parseDuration,
  formatDuration,
  toMilliseconds,
} from './contracts/duration.js';

// Its commands
export type {
  RegisterCommand,
  CommandOptions,
  CommandHandler,
  CommandContext,
  CommandInfo,
  Allow,
} from './contracts/command.js';
export type { ArgumentParser } from './contracts/command-arguments.js';
export type { DeclaredGadget } from './contracts/declaration.js';
export { isReservedCommand, reservedReason } from './contracts/emergency-stop.js';

// Its rewards, and what brings them to a channel
export {
  type RegisterReward,
  type RewardOptions,
  WantedRewards,
  type WantedReward,
} from './contracts/reward.js';
export type { Redemption } from './contracts/redemption.js';
export type { PaidDeed } from './contracts/paid-deed.js';

// An ordinary no
export { type Refusal, refuse, isRefusal } from './contracts/command.js';

// Errors
export {
  PertyError,
  type PertyErrorOptions,
  isPertyError,
  messageOf,
  errorCodeOf,
} from './contracts/errors.js';
export { CommandError } from './contracts/command.js';
export { StoreError } from './contracts/store.js';

// Core's services
export { Logger } from './contracts/logger.js';
export { Store, type Json } from './contracts/store.js';
export { Clock, sleep } from './contracts/clock.js';
export { Replies, type ReplyValues, type Sentences } from './contracts/replies.js';
export { BotStatus } from './contracts/bot-status.js';
export { EmergencyStop, type StopRecord } from './contracts/emergency-stop.js';
export { type SharedGadget, SharedGadgets } from './contracts/shared-gadgets.js';
export { BotFolders, Browser, Prompt } from './contracts/owner.js';

// Events: a star, so that plugins can add theirs to BotEvents by declaration merging
export * from './contracts/events.js';

// Chat: the way out, and the way in for plugins that bring one
export {
  Chat,
  type ChatMessage,
  type ChatUser,
  type Role,
  roles,
  type SayOptions,
  type Delivery,
} from './contracts/chat.js';
export { Inbox } from './contracts/inbox.js';

// Tokens of the bot's account and of broadcasters'
export {
  AccessTokens,
  type AccessToken,
  type Account,
  RequestedScopes,
} from './contracts/access-tokens.js';

// Services that a plugin gives to others
export { type InjectionToken, type Container, inject, injectable } from './contracts/injection.js';
export { forPlugin, type PerPlugin, type Consumer } from './contracts/consumer.js';
export { type Attribution, attributionNow, runFor } from './events/attribution.js';

// Small tools
export { Backoff } from './contracts/backoff.js';
export { nearest } from './contracts/nearest.js';
