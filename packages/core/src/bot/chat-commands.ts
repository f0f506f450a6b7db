import { StoredKnownUsers } from '../commands/allow.js';
import { CommandRegistry } from '../commands/command-registry.js';
import { CommandRouter } from '../commands/command-router.js';
import { addHelpCommand, addStopCommands } from '../commands/core-commands.js';
import { allSentences } from '../commands/replies.js';
import { StopSwitch } from '../commands/stop-switch.js';
import type { PluginState } from '../contracts/bot-events.js';
import type { BotStatus } from '../contracts/bot-status.js';
import type { Chat } from '../contracts/chat.js';
import type { Clock } from '../contracts/clock.js';
import { messageOf } from '../contracts/errors.js';
import type { Logger } from '../contracts/logger.js';
import { type Replies, SpokenReplies } from '../contracts/replies.js';
import type { Store } from '../contracts/store.js';
import type { Attribution } from '../events/attribution.js';
import type { EventHub, OnFault } from '../events/event-hub.js';
import type { Composition } from '../host/composition.js';
import { CommandFaults } from '../host/faults.js';
import { PaidCommands } from './paid-commands.js';
import { RoutedInbox } from './routed-inbox.js';

/** What {@link ChatCommands} have of the bot around them. */
export interface ChatCommandsOptions {
  readonly events: EventHub;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Core's own, for users that were seen. */
  readonly store: Store;
  readonly onFault: OnFault;
  /** What commands begin with. */
  readonly prefix: () => string;
  /** No command runs unless it is `ready`. */
  readonly state: () => BotStatus['state'];
  readonly chat: () => Chat | undefined;
  readonly stateOf: (plugin: string) => PluginState | undefined;
}

/** All between a line of chat and its command: the inbox, the router, and the commands that there are. */
export class ChatCommands {
  readonly registry: CommandRegistry;
  readonly inbox: RoutedInbox;
  readonly stop: StopSwitch;
  readonly faults: CommandFaults;
  readonly paid: PaidCommands;
  private readonly known: StoredKnownUsers;
  /** What is said now; another composition says it otherwise. */
  readonly replies: Replies = {
    text: (key, values) => this.current.text(key, values),
    refusal: (refusal, values) => this.current.refusal(refusal, values),
    fill: (template, values) => this.current.fill(template, values),
    template: (key) => this.current.template(key),
  };
  private current: Replies;

  constructor(options: ChatCommandsOptions, composition: Composition) {
    const { events, clock, logger, store, onFault, prefix, state, chat } = options;
    this.registry = new CommandRegistry(({ plugin }, { error }) => {
      logger.error(messageOf(error), { plugin, error });
    });
    this.current = toReplies(composition);
    this.known = new StoredKnownUsers(store, logger);
    this.faults = new CommandFaults(clock, logger);
    this.stop = new StopSwitch({ events, clock, logger });
    const { registry: commands, known, stop } = this;
    const common = { commands, known, prefix, replies: () => this.replies };
    addStopCommands(logger, { ...common, stop });
    addHelpCommand(logger, common);
    const shared = {
      ...common,
      events,
      clock,
      onFault,
      unready: () => unreadyIn(state()),
      rests: (attribution: Attribution) => this.faults.refusalFor(attribution),
      chat,
    };
    this.paid = new PaidCommands({ ...shared, stop, logger, stateOf: options.stateOf });
    const { live } = this.paid;
    const router = new CommandRouter({
      ...shared,
      stops: () => stop.count,
      isLive: (channel) => live.isLive(channel),
    });
    this.inbox = new RoutedInbox(events, { router, paid: this.paid, onFault });
  }

  /** Reads what must be known before the first command. */
  load(): Promise<void> {
    return this.known.load();
  }

  /** Goes by another composition from now on. */
  use(composition: Composition): void {
    this.registry.settle();
    this.paid.use(composition.plugins.filter(({ enabled }) => enabled).map(({ id }) => id));
    this.current = toReplies(composition);
  }
}

function toReplies({ replies, plugins }: Composition): Replies {
  return new SpokenReplies(allSentences(plugins.map(({ plugin }) => plugin)), replies);
}

/** Why no command may run in a state. */
function unreadyIn(state: BotStatus['state']): 'starting' | 'stopping' | undefined {
  if (state === 'ready') return undefined;
  return state === 'stopping' || state === 'stopped' ? 'stopping' : 'starting';
}
