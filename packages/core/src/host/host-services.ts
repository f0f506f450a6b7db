import type { CommandRegistry } from '../commands/command-registry.js';
import type { CommandTuning } from '../commands/command-tuning.js';
import type { Chat } from '../contracts/chat.js';
import type { Clock } from '../contracts/clock.js';
import type { DependencyContainer } from '../contracts/injection.js';
import type { Logger } from '../contracts/logger.js';
import type { Plugin } from '../contracts/plugin.js';
import type { Store } from '../contracts/store.js';
import type { EventHub, OnFault } from '../events/event-hub.js';
import type { SharedServices } from './plugin-container.js';
import type { PluginHost } from './plugin-host.js';

/** A plugin with everything that plugins.yaml says of it, checked. */
export interface HostedPlugin {
  readonly id: string;
  /** As plugins.yaml names it. */
  readonly use: string;
  readonly plugin: Plugin;
  /** Module that was imported. */
  readonly module: string;
  readonly version: string | undefined;
  /** As the plugin's schema gave it. */
  readonly config: unknown;
  readonly tuning: Readonly<Record<string, CommandTuning>>;
  readonly enabled: boolean;
  /** Whether the program that runs the bot does not want it started. @default false */
  readonly leftOut?: boolean;
  /** Milliseconds; 30 s when undefined. */
  readonly startTimeout: number | undefined;
  /** Files that it is made of, for a local plugin. */
  readonly files: readonly string[];
}

/** What core has for the plugins that it hosts. */
export interface HostServices {
  /** Parent of every plugin's container. */
  readonly container: DependencyContainer;
  readonly shared: SharedServices;
  readonly events: EventHub;
  readonly commands: CommandRegistry;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly onFault: OnFault;
  /** The way out, where there is one. */
  readonly chat: () => Chat | undefined;
  storeFor(id: string): Store;
  /** Told whenever the state of a plugin changed. */
  onState(host: PluginHost): void;
}
