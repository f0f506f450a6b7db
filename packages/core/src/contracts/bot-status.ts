import type { PluginState } from './bot-events.js';
import type { CommandInfo } from './command.js';
import type { ReactionEvent, RefusalEvent } from './events.js';
import type { InjectionToken } from './injection.js';

/** A plugin as the owner sees it. */
export interface PluginInfo {
  readonly id: string;
  /** As plugins.yaml names it. */
  readonly use: string;
  readonly name: string;
  readonly about: string;
  /** Of its package; undefined for a local file. */
  readonly version: string | undefined;
  readonly state: PluginState;
  /** Names of services, such as `Chat`. */
  readonly needs: readonly string[];
  readonly provides: readonly string[];
  readonly scopes: readonly string[];
  readonly commands: readonly CommandInfo[];
}

/** A {@link RefusalEvent} and when it was. */
export interface RememberedRefusal extends RefusalEvent {
  /** Milliseconds since 1970. */
  readonly time: number;
}

/** A {@link ReactionEvent} and when it was. */
export interface RememberedReaction extends ReactionEvent {
  /** Milliseconds since 1970. */
  readonly time: number;
}

/** What the bot knows of itself, for plugins that show it. Core provides it. */
export interface BotStatus {
  readonly state: 'loaded' | 'starting' | 'ready' | 'stopping' | 'stopped';
  readonly plugins: readonly PluginInfo[];
  readonly commands: readonly CommandInfo[];
  /** The last 200, newest last. */
  readonly refusals: readonly RememberedRefusal[];
  /** What the last 200 events set off, newest last. */
  readonly reactions: readonly RememberedReaction[];
}

/** Injection token of {@link BotStatus}. */
export const BotStatus: InjectionToken<BotStatus> = Symbol.for('pertybot.BotStatus');
