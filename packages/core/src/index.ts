// For authors of plugins
export * as v from 'valibot';
// For programs that run a bot
export { Bot, type BotOptions } from './bot/bot.js';
export { guardProcess, type ProcessGuardOptions } from './bot/process-guard.js';
export { type StallWatchOptions, watchStalls } from './bot/stall-watch.js';
export { type WatchOptions, watchBot } from './bot/watch-bot.js';
export { ConfigError, type ConfigErrorCode } from './bot-file/config-error.js';
export type { ConfigProblem, Position } from './bot-file/config-problem.js';
export { BotFileEditor, type ListedEntry, type NewEntry } from './bot-file/edit/editor.js';
export type { BotFileOverlay } from './bot-file/entry.js';
export { writeBotFileSchema } from './bot-file/json-schema.js';
export { toJsonSchema } from './bot-file/schema-keys.js';
export { botFileName, readBotFileText } from './bot-file/text.js';
export { readWrittenEntries, type WrittenEntry } from './bot-file/written-entries.js';
export { describeAllow } from './commands/allow.js';
// Errors
export { CommandError, type CommandErrorCode } from './commands/command-error.js';
export { isReservedCommand, reservedReason } from './commands/reserved-commands.js';
export {
  type AccessToken,
  type AccessTokenRequest,
  AccessTokens,
  type RequestedScope,
  RequestedScopes,
} from './contracts/access-tokens.js';
export { Backoff } from './contracts/backoff.js';
export { BotStatus, type PluginInfo, type RememberedRefusal } from './contracts/bot-status.js';
// For plugins that bring chat or tokens
export {
  Chat,
  type ChatMessage,
  type ChatUser,
  type Delivery,
  type ReplyParent,
  type Role,
  roles,
  type SayOptions,
} from './contracts/chat.js';
export { Clock, SystemClock, sleep } from './contracts/clock.js';
export type {
  Allow,
  CommandContext,
  CommandHandler,
  CommandInfo,
  CommandOptions,
  Cooldown,
  CooldownInfo,
  OnCooldown,
  RegisterCommand,
} from './contracts/command.js';
export type {
  ArgumentParser,
  ArgumentParsers,
  ArgumentTypes,
  CommandArguments,
} from './contracts/command-arguments.js';
export { type Consumer, forPlugin, type PerPlugin } from './contracts/consumer.js';
export type {
  CommandTrace,
  DeclaredCommands,
  DeclaredGadget,
  PluginTrace,
} from './contracts/declaration.js';
export {
  type Duration,
  duration,
  formatDuration,
  parseDuration,
  toMilliseconds,
} from './contracts/duration.js';
export {
  EmergencyStop,
  type OwnerStop,
  type StoppableOutputs,
  type StopRecord,
} from './contracts/emergency-stop.js';
export {
  errorCodeOf,
  isPertyError,
  messageOf,
  PertyError,
  type PertyErrorOptions,
} from './contracts/errors.js';
// Events: a star, so that plugins can add theirs to BotEvents by declaration merging
export * from './contracts/events.js';
export type { Finding } from './contracts/finding.js';
export { Inbox } from './contracts/inbox.js';
export {
  type Constructor,
  type DependencyContainer,
  type InjectionToken,
  inject,
  injectable,
  type Provider,
} from './contracts/injection.js';
export { type LogFields, Logger, type LogLevel, silentLogger } from './contracts/logger.js';
export { nearest } from './contracts/nearest.js';
export { BotFolders, Browser, Prompt } from './contracts/owner.js';
export {
  type CheckContext,
  definePlugin,
  isPlugin,
  type Needs,
  type Plugin,
  type PluginContext,
  type PluginDefinition,
  type ResolvedNeeds,
} from './contracts/plugin.js';
export { PluginError, type PluginErrorCode } from './contracts/plugin-error.js';
export type { PluginState } from './contracts/plugin-state.js';
export { isRefusal, type Refusal, refuse } from './contracts/refusal.js';
export { type Json, Store } from './contracts/store.js';
export type { AsyncUndo, Undo } from './contracts/undo.js';
export { type Attribution, attributionNow, runFor } from './events/attribution.js';
export { fingerprintOf } from './host/fingerprint.js';
export type { ForeseenFault, Foresight } from './host/foresee.js';
export type { FoundFault } from './host/found-fault.js';
export { serviceName } from './host/plugin-graph.js';
export type { ReloadResult } from './host/reload.js';
export { judgeCoreRange } from './load/core-version.js';
export { firstPartyPlugins, firstPartyProvider } from './load/first-party-plugins.js';
export { FolderPluginLoader, type LoadedPlugin, type PluginLoader } from './load/plugin-loader.js';
export {
  type PackagePlugin,
  type ResolvedPlugin,
  type ResolveOptions,
  resolvePlugin,
} from './load/plugin-resolver.js';
export { defaultId, isLocalUse, packageNames } from './load/plugin-use.js';
export { type LockHolder, startTimeOf } from './store/lock-holder.js';
export type { ProcessLock, ProcessLockOptions } from './store/lock-options.js';
export { parseJson } from './store/parse-json.js';
export { makePrivateFolder } from './store/private-folder.js';
export { lockHolder, takeLock } from './store/process-lock.js';
export { StoreError, type StoreErrorCode } from './store/store-error.js';
export {
  type WriteOptions,
  writeFileAtomically,
  writeFileAtomicallySync,
} from './store/write-file-atomically.js';
