// For authors of plugins
export * as v from 'valibot';
export {
  type AccessToken,
  type AccessTokenRequest,
  AccessTokens,
  type RequestedScope,
  RequestedScopes,
} from './access-tokens.js';
export { describeAllow } from './allow.js';
export type { Attribution } from './attribution.js';
// For programs that run a bot
export { Bot, type BotOptions } from './bot.js';
export { BotFileEditor, type ListedEntry, type NewEntry } from './bot-file-editor.js';
export type { BotFileOverlay } from './bot-file-entry.js';
export { writeBotFileSchema } from './bot-file-json-schema.js';
export { botFileName, readBotFileText } from './bot-file-text.js';
export { BotStatus, type PluginInfo, type RememberedRefusal } from './bot-status.js';
export { type WatchOptions, watchBot } from './bot-watcher.js';
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
} from './chat.js';
export { Clock, SystemClock, sleep } from './clock.js';
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
} from './command.js';
export type {
  ArgumentParser,
  ArgumentParsers,
  ArgumentTypes,
  CommandArguments,
} from './command-arguments.js';
// Errors
export { CommandError, type CommandErrorCode } from './command-error.js';
export { ConfigError, type ConfigErrorCode } from './config-error.js';
export type { ConfigProblem, Position } from './config-problem.js';
export { type Consumer, forPlugin, type PerPlugin } from './consumer.js';
export { judgeCoreRange } from './core-version.js';
export {
  type Duration,
  duration,
  formatDuration,
  parseDuration,
  toMilliseconds,
} from './duration.js';
export {
  errorCodeOf,
  isPertyError,
  messageOf,
  PertyError,
  type PertyErrorOptions,
} from './errors.js';
// Events: a star, so that plugins can add theirs to BotEvents by declaration merging
export * from './events.js';
export type { Finding } from './finding.js';
export { Inbox } from './inbox.js';
export {
  type Constructor,
  type DependencyContainer,
  type InjectionToken,
  inject,
  injectable,
  type Provider,
} from './injection.js';
export { type LogFields, Logger, type LogLevel, silentLogger } from './logger.js';
export { BotFolders, Browser, Prompt } from './owner.js';
export {
  type CheckContext,
  definePlugin,
  isPlugin,
  type Needs,
  type Plugin,
  type PluginContext,
  type PluginDefinition,
  type ResolvedNeeds,
} from './plugin.js';
export { PluginError, type PluginErrorCode } from './plugin-error.js';
export { serviceName } from './plugin-graph.js';
export { FolderPluginLoader, type LoadedPlugin, type PluginLoader } from './plugin-loader.js';
export {
  firstPartyPlugins,
  type PackagePlugin,
  type ResolvedPlugin,
  type ResolveOptions,
  resolvePlugin,
} from './plugin-resolver.js';
export type { PluginState } from './plugin-state.js';
export { defaultId, isLocalUse, packageNames } from './plugin-use.js';
export { guardProcess, type ProcessGuardOptions } from './process-guard.js';
export { isRefusal, type Refusal, refuse } from './refusal.js';
export type { ReloadResult } from './reload.js';
export { toJsonSchema } from './schema-keys.js';
export { type Json, Store } from './store.js';
export { StoreError, type StoreErrorCode } from './store-error.js';
export type { AsyncUndo, Undo } from './undo.js';
export { writeFileAtomically } from './write-file-atomically.js';
