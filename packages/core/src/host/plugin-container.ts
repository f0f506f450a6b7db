import type { CommandRegistry } from '../commands/command-registry.js';
import type { RewardRegistry } from '../commands/rewards/reward-registry.js';
import type { StopSwitch } from '../commands/stop-switch.js';
import { RequestedScopes } from '../contracts/access-tokens.js';
import type { PluginState } from '../contracts/bot-events.js';
import { BotStatus } from '../contracts/bot-status.js';
import type { Chat } from '../contracts/chat.js';
import { Clock } from '../contracts/clock.js';
import type { PerPlugin } from '../contracts/consumer.js';
import { EmergencyStop } from '../contracts/emergency-stop.js';
import { isPertyError, messageOf, PluginError } from '../contracts/errors.js';
import { Inbox } from '../contracts/inbox.js';
import type { Container, InjectionToken } from '../contracts/injection.js';
import { Logger } from '../contracts/logger.js';
import { BotFolders, Browser, Prompt } from '../contracts/owner.js';
import { OwnerControl } from '../contracts/owner-control.js';
import { Replies } from '../contracts/replies.js';
import { WantedRewards } from '../contracts/reward.js';
import { SharedGadgets } from '../contracts/shared-gadgets.js';
import { Store } from '../contracts/store.js';
import type { EventHub, OnFault } from '../events/event-hub.js';
import { serviceName } from './plugin-graph.js';

/** What core has for the plugins that it hosts. */
export interface HostServices {
  /** Parent of every plugin's container. */
  readonly container: Container;
  readonly shared: SharedServices;
  /** What plugins hang their outputs on. */
  readonly stop: StopSwitch;
  /** The gadgets of all plugins. */
  readonly gadgets: PerPlugin<SharedGadgets>;
  readonly events: EventHub;
  readonly commands: CommandRegistry;
  /** What is done for points. */
  readonly paid: PaidServices;
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

/** What core has of rewards. */
interface PaidServices {
  readonly registry: RewardRegistry;
  readonly wanted: PerPlugin<WantedRewards>;
}

/** Core's services that all plugins share. */
interface SharedServices {
  readonly clock: Clock;
  readonly inbox: Inbox;
  readonly scopes: RequestedScopes;
  readonly folders: BotFolders;
  readonly browser: Browser;
  readonly prompt: Prompt;
  readonly control: OwnerControl;
  readonly status: BotStatus;
  readonly replies: Replies;
}

/** Core's services for one plugin. */
interface CoreServices extends SharedServices {
  readonly log: Logger;
  readonly store: Store;
  readonly emergencyStop: EmergencyStop;
  readonly gadgets: SharedGadgets;
  readonly wantedRewards: WantedRewards;
}

/** Binds core's services into a plugin's container. */
export function bindCoreServices(container: Container, services: CoreServices): void {
  container.register(Logger, { useValue: services.log });
  container.register(Store, { useValue: services.store });
  container.register(Clock, { useValue: services.clock });
  container.register(Inbox, { useValue: services.inbox });
  container.register(RequestedScopes, { useValue: services.scopes });
  container.register(BotFolders, { useValue: services.folders });
  container.register(Browser, { useValue: services.browser });
  container.register(Prompt, { useValue: services.prompt });
  container.register(OwnerControl, { useValue: services.control });
  container.register(BotStatus, { useValue: services.status });
  container.register(Replies, { useValue: services.replies });
  container.register(EmergencyStop, { useValue: services.emergencyStop });
  container.register(SharedGadgets, { useValue: services.gadgets });
  container.register(WantedRewards, { useValue: services.wantedRewards });
}

/** Services that core itself provides. */
export const coreTokens = [
  Logger,
  Store,
  Clock,
  Inbox,
  RequestedScopes,
  BotFolders,
  Browser,
  Prompt,
  OwnerControl,
  BotStatus,
  Replies,
  EmergencyStop,
  SharedGadgets,
  WantedRewards,
] as const;

/** Says what tsyringe means, in words that lead to the mend. */
export function toInjectionError(error: unknown, plugin: string): unknown {
  if (isPertyError(error)) return error;
  const message = messageOf(error);
  const circle = /in a circle: ([^\n]+)\./.exec(message)?.[1];
  if (circle || /circular dependency/.test(message)) {
    const names = circle ?? 'see what their files import';
    return new PluginError(
      'PLUGIN_INJECTION_FAILED',
      `Classes of the plugin "${plugin}" need each other in a circle: ${names}.`,
      { hint: 'Let one of them do without the other, or take it later by a method.', cause: error },
    );
  }
  const undecorated = /TypeInfo not known for "([^"]+)"/.exec(message)?.[1];
  if (undecorated) {
    return new PluginError(
      'PLUGIN_INJECTION_FAILED',
      `The plugin "${plugin}" cannot build "${undecorated}".`,
      {
        hint: `Put @injectable() on the class, @inject(Token) on each parameter, and import both from @pertybot/core.`,
        cause: error,
      },
    );
  }
  const missing = /unregistered dependency token: "([^"]+)"/.exec(message)?.[1];
  if (missing) {
    const name = missing.replace(/^Symbol\((?:pertybot\.)?(.*)\)$/, '$1');
    return new PluginError(
      'PLUGIN_INJECTION_FAILED',
      `The plugin "${plugin}" asks for ${name}, which it does not declare.`,
      {
        hint: `Name it under "needs" in definePlugin, or bind it in register.`,
        cause: error,
      },
    );
  }
  return error;
}

/**
 * Makes a container refuse what needs itself. tsyringe would call itself until the stack is full, and
 * then either write megabytes of message or end the whole process.
 */
export function refuseCircles(container: Container): void {
  const resolve = container.resolve.bind(container);
  const way: InjectionToken[] = [];
  const checked: Container['resolve'] = (token, ...others) => {
    if (way.includes(token)) {
      const circle = [...way.slice(way.indexOf(token)), token].map(serviceName).join(' → ');
      throw new TypeError(`need each other in a circle: ${circle}.`);
    }
    way.push(token);
    try {
      return resolve(token, ...others);
    } finally {
      way.pop();
    }
  };
  container.resolve = checked;
}
