// For authors of plugins; programs that run bots have `@pertybot/core/host` beside it.

// A plugin: its definition, and what its start receives
export {
  definePlugin,
  type Plugin,
  type PluginDefinition,
  type PluginContext,
  type Needs,
  type ResolvedNeeds,
  type CheckContext,
  type Finding,
} from './contracts/plugin.js';
export type { Undo, AsyncUndo } from './contracts/undo.js';

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
  Cooldown,
  CooldownInfo,
  OnCooldown,
} from './contracts/command.js';
export type {
  CommandArguments,
  ArgumentParser,
  ArgumentParsers,
  ArgumentTypes,
} from './contracts/command-arguments.js';
export type {
  CommandTrace,
  DeclaredCommands,
  DeclaredGadget,
  PluginTrace,
  RewardTrace,
} from './contracts/declaration.js';
export { isReservedCommand, reservedReason } from './contracts/emergency-stop.js';

// Its rewards, and what brings them to a channel
export {
  type RegisterReward,
  type RewardOptions,
  WantedRewards,
  type WantedReward,
  type RedemptionWatch,
  type RedemptionOutcome,
} from './contracts/reward.js';
export type { Redemption } from './contracts/redemption.js';
export type { PaidDeed, PaidWork } from './contracts/paid-deed.js';

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
export { CommandError, type CommandErrorCode } from './contracts/command.js';
export { StoreError, type StoreErrorCode } from './contracts/store.js';

// Core's services
export { Logger, type LogFields, type LogLevel } from './contracts/logger.js';
export { Store, type Json } from './contracts/store.js';
export { Clock, sleep } from './contracts/clock.js';
export {
  Replies,
  type ReplyValues,
  type Sentences,
} from './contracts/replies.js';
export {
  BotStatus,
  type PluginInfo,
  type RememberedRefusal,
} from './contracts/bot-status.js';
export type { PluginState } from './contracts/plugin-state.js';
export {
  EmergencyStop,
  type StoppableOutputs,
  type StopRecord,
} from './contracts/emergency-stop.js';
export type { Ballot } from './contracts/bot-report.js';
export {
  type GadgetSource,
  type Performed,
  type SharedGadget,
  SharedGadgets,
  type SharedOutput,
  type VerbInfo,
} from './contracts/shared-gadgets.js';
export { BotFolders, Browser, Prompt } from './contracts/owner.js';

// Events: a star, so that plugins can add theirs to BotEvents by declaration merging
export * from './contracts/events.js';
export * from './contracts/channel-events.js';
export * from './contracts/chat-events.js';
export * from './contracts/bot-events.js';

// Chat: the way out, and the way in for plugins that bring one
export {
  Chat,
  type ChatMessage,
  type ChatUser,
  type Role,
  roles,
  type ReplyParent,
  type ChatEmote,
  type SayOptions,
  type Delivery,
} from './contracts/chat.js';
export { Inbox } from './contracts/inbox.js';

// Tokens of the bot's account and of broadcasters'
export {
  AccessTokens,
  type AccessToken,
  type AccessTokenRequest,
  type Account,
  RequestedScopes,
  type RequestedScope,
  type WantedScope,
} from './contracts/access-tokens.js';

// Services that a plugin gives to others
export {
  type InjectionToken,
  type Container,
  type Provider,
  type Constructor,
  inject,
  injectable,
} from './contracts/injection.js';
export { forPlugin, type PerPlugin, type Consumer } from './contracts/consumer.js';
export { type Attribution, attributionNow, runFor } from './events/attribution.js';

// Small tools
export { Backoff } from './contracts/backoff.js';
export { nearest } from './contracts/nearest.js';
