// For programs that run bots; plugins have `@pertybot/core`.

// A bot, run
export { Bot } from './bot/bot.js';
export type { BotOptions } from './bot/bot-options.js';
export { findProblems } from './bot/read-composition.js';
export type { BorrowedService } from './host/bind-unstarted.js';
export { fingerprintOf } from './host/fingerprint.js';
export type { ForeseenFault, Foresight } from './host/foresee.js';
export type { ForeseenReward } from './host/foresee-rewards.js';
export type { FoundFault } from './bot/read-composition.js';
export type { ReloadResult } from './host/reload-plan.js';
export { watchBot, type WatchOptions } from './bot/watch-bot.js';
export { type StallLimits, watchStalls, type StallWatchOptions } from './bot/stall-watch.js';
export { catchProcessFaults, type ProcessFaultsOptions } from './bot/process-faults.js';
export type { OwnerStop } from './contracts/emergency-stop.js';
export { Deed, type DeedParts } from './commands/rewards/deed.js';
export { SystemClock } from './contracts/clock.js';
export { durationForm } from './contracts/duration.js';
export { CarriedValue } from './events/attribution.js';
export { isGadgetElsewhere } from './host/gadgets-elsewhere.js';
export { othersStarted, type OthersStartedOptions } from './contracts/others-started.js';
export { silentLogger } from './contracts/logger.js';
export { lateImport } from './load/late-import.js';

// What it says of itself
export { describeAllow } from './commands/allow.js';
export { allSentences, namesOf } from './commands/replies.js';
export {
  namesIn,
  type ReplyValue,
  type RefusalWords,
  refusalNames,
  type SaidReply,
  type Sentence,
  sayPlainly,
} from './contracts/replies.js';
export { SpokenReplies } from './contracts/replies.js';
export type { RememberedReaction } from './contracts/bot-status.js';
export { eventFacts, reactingEvents, type ReactingEvent } from './contracts/event-facts.js';
export {
  conditionEntries,
  fitBy,
  type Condition,
  type EventFacts,
  type Fit,
  type Wanted,
} from './contracts/event-conditions.js';
export { serviceName } from './host/plugin-graph.js';
export { toWantedScope } from './contracts/access-tokens.js';

// What its owner may ask of it, from wherever he sits
export type {
  BotReport,
  GadgetReport,
  NodeReport,
  OutputReport,
  PluginReport,
} from './contracts/bot-report.js';
export {
  type AdditionOutcome,
  type BotFileDesk,
  type FileFault,
  type LogEntry,
  type LoginDesk,
  type LoginOutcome,
  type LoginReport,
  type LogTail,
  OwnerControl,
  type OwnerOutcome,
  type PluginDesk,
  type Rehearsal,
  type WrittenGadget,
} from './contracts/owner-control.js';

// Errors
export {
  ConfigError,
  type ConfigErrorCode,
  type ConfigProblem,
  type Position,
} from './bot-file/config-error.js';
export { PluginError, type PluginErrorCode } from './contracts/errors.js';

// plugins.yaml
export { botFileName, readBotFileText } from './bot-file/text.js';
export { readWrittenEntries, type WrittenEntry } from './bot-file/bot-file.js';
export type { BotFileOverlay } from './bot-file/entry.js';
export { BotFileEditor, type ListedEntry, type NewEntry } from './bot-file/edit/editor.js';
export { writeBotFileSchema, toJsonSchema } from './bot-file/json-schema.js';

// From `use:` to a plugin
export { FolderPluginLoader, type PluginLoader, type LoadedPlugin } from './load/plugin-loader.js';
export type { ImportPatience } from './load/import-limit.js';
export { placeOf, readableStack } from './load/stack.js';
export {
  resolvePlugin,
  type ResolveOptions,
  type ResolvedPlugin,
  type PackagePlugin,
} from './load/plugin-resolver.js';
export { isPlugin } from './contracts/plugin.js';
export { judgeCoreRange } from './load/core-package.js';
export {
  isLocalUse,
  packageNames,
  defaultId,
  firstPartyPlugins,
  firstPartyProvider,
} from './load/plugin-use.js';

// Files and locks
export {
  writeFileAtomically,
  writeFileAtomicallySync,
  type WriteOptions,
} from './store/write-file-atomically.js';
export { parseJson } from './store/json.js';
export { makePrivateFolder, takeLock, lockHolder } from './store/process-lock.js';
export { refuseStrangers } from './load/state-entries.js';
export {
  readTakeoverNotes,
  removeTakeoverNotes,
  type TakeoverNote,
  takeoverNotePrefix,
} from './store/takeover-notes.js';
export {
  type ProcessLock,
  type ProcessLockOptions,
  type LockHolder,
  startTimeOf,
} from './store/lock.js';

// Types that come along with what authors have, and that they reach there: `BotEvents['raid']`, `CommandOptions['cooldown']`
export type { Needs, ResolvedNeeds, CheckContext } from './contracts/plugin.js';
export type { Cooldown, CooldownInfo, OnCooldown, CommandErrorCode } from './contracts/command.js';
export type {
  CommandArguments,
  ArgumentParsers,
  ArgumentTypes,
} from './contracts/command-arguments.js';
export type {
  CommandTrace,
  DeclaredCommands,
  PluginTrace,
  RewardTrace,
} from './contracts/declaration.js';
export type { RedemptionWatch, RedemptionOutcome } from './contracts/reward.js';
export type { PaidWork } from './contracts/paid-deed.js';
export type { StoreErrorCode } from './contracts/store.js';
export type { LogFields, LogLevel } from './contracts/logger.js';
export type { PluginInfo, RememberedRefusal } from './contracts/bot-status.js';
export type { StoppableOutputs } from './contracts/emergency-stop.js';
export type { Ballot } from './contracts/bot-report.js';
export type {
  GadgetSource,
  Performed,
  SharedOutput,
  VerbInfo,
} from './contracts/shared-gadgets.js';
export type {
  EstopEvent,
  FaultEvent,
  PluginEvent,
  PluginState,
  ReplyEvent,
} from './contracts/bot-events.js';
export type { Provider, Constructor } from './contracts/injection.js';
export type { AccessTokenRequest, RequestedScope, WantedScope } from './contracts/access-tokens.js';
export type { ChatEmote, ReplyParent } from './contracts/chat.js';
export type * from './contracts/channel-events.js';
export type * from './contracts/chat-events.js';
