import type { PluginState } from '../contracts/bot-events.js';
import type { BotStatus } from '../contracts/bot-status.js';
import type { Chat } from '../contracts/chat.js';
import type { Clock } from '../contracts/clock.js';
import type { Container } from '../contracts/injection.js';
import type { Logger } from '../contracts/logger.js';
import type { BotFolders, Browser, Prompt } from '../contracts/owner.js';
import { noControl, type OwnerControl } from '../contracts/owner-control.js';
import type { Store } from '../contracts/store.js';
import { EventHub, type OnFault } from '../events/event-hub.js';
import type { Composition } from '../host/composition.js';
import { PluginSupervisor } from '../host/plugin-supervisor.js';
import { ScopeList } from '../host/scope-list.js';
import { SharedGadgetList } from '../host/shared-gadget-list.js';
import { ChatCommands } from './chat-commands.js';

/** What a {@link ComposedBot} has from the program that runs it. */
export interface BotServices {
  readonly clock: Clock;
  readonly browser: Browser;
  readonly prompt: Prompt;
  /** @default one that lets nobody ask anything */
  readonly control?: OwnerControl | undefined;
  readonly folders: BotFolders;
  readonly container: Container;
  readonly logger: Logger;
  readonly storeFor: (id: string) => Store;
  /** Whether plugins are only tried. @default false */
  readonly isTrial?: boolean;
}

/** What the parts ask of the bot that they make. */
export interface WiredBot {
  readonly status: BotStatus & { readonly prefix: string };
  readonly chat: () => Chat | undefined;
  readonly onFault: OnFault;
  /** Place of a plugin in plugins.yaml. */
  readonly placeOf: (id: string) => number;
  readonly onState: (id: string, state: PluginState) => void;
}

/** Puts the parts of a bot together: events, accounts' scopes, commands, plugins. */
export function wireBot(services: BotServices, composition: Composition, bot: WiredBot) {
  const { clock, browser, prompt, folders, logger, storeFor, control = noControl } = services;
  const { status, chat, onFault, placeOf, onState } = bot;
  const common = { clock, logger, onFault, chat };
  const events = new EventHub(onFault);
  const scopes = new ScopeList(composition.plugins, { store: storeFor('core'), onFault });
  const chatCommands = new ChatCommands(
    {
      ...common,
      events,
      store: storeFor('core'),
      prefix: () => status.prefix,
      state: () => status.state,
      stateOf: (id) => supervisor.host(id)?.state,
    },
    composition,
  );
  const gadgets = new SharedGadgetList();
  const { registry: commands, inbox, stop, paid, replies } = chatCommands;
  // What rewards run may be on a machine that goes and comes.
  gadgets.onChange(() => paid.wanted.look());
  const supervisor: PluginSupervisor = new PluginSupervisor({
    ...common,
    container: services.container,
    shared: { clock, browser, prompt, folders, control, inbox, scopes, status, replies },
    stop,
    gadgets,
    events,
    commands,
    paid,
    storeFor,
    isTrial: services.isTrial ?? false,
    placeOf,
    onState,
  });
  return { events, scopes, chatCommands, gadgets, supervisor };
}
