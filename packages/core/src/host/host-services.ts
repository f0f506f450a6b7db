import type { CommandRegistry } from '../commands/command-registry.js';
import type { StopSwitch } from '../commands/stop-switch.js';
import type { Chat } from '../contracts/chat.js';
import type { Clock } from '../contracts/clock.js';
import type { DependencyContainer } from '../contracts/injection.js';
import type { Logger } from '../contracts/logger.js';
import type { PluginState } from '../contracts/plugin-state.js';
import type { Store } from '../contracts/store.js';
import type { EventHub, OnFault } from '../events/event-hub.js';
import type { SharedServices } from './plugin-container.js';

/** What core has for the plugins that it hosts. */
export interface HostServices {
  /** Parent of every plugin's container. */
  readonly container: DependencyContainer;
  readonly shared: SharedServices;
  /** What plugins hang their outputs on. */
  readonly stop: StopSwitch;
  readonly events: EventHub;
  readonly commands: CommandRegistry;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly onFault: OnFault;
  /** The way out, where there is one. */
  readonly chat: () => Chat | undefined;
  /** Whether plugins are only tried. */
  readonly isTrial: boolean;
  /** Where a plugin stands in plugins.yaml. */
  placeOf(id: string): number;
  storeFor(id: string): Store;
  /** Told whenever the state of the plugin `id` changed. */
  onState(id: string, state: PluginState): void;
}
