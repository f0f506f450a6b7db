import { StoredKnownUsers } from '../commands/allow.js';
import { CommandRegistry } from '../commands/command-registry.js';
import { CommandRouter } from '../commands/command-router.js';
import { addHelpCommand, addStopCommands } from '../commands/core-commands.js';
import { Replies } from '../commands/replies.js';
import { StopSwitch } from '../commands/stop-switch.js';
import type { BotStatus } from '../contracts/bot-status.js';
import type { Chat } from '../contracts/chat.js';
import type { Clock } from '../contracts/clock.js';
import { messageOf } from '../contracts/errors.js';
import type { Logger } from '../contracts/logger.js';
import type { Store } from '../contracts/store.js';
import type { EventHub, OnFault } from '../events/event-hub.js';
import type { Composition } from '../host/composition.js';
import { CommandFaults } from '../host/faults.js';
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
}

/** All between a line of chat and its command: the inbox, the router, and the commands that there are. */
export class ChatCommands {
  readonly registry: CommandRegistry;
  readonly inbox: RoutedInbox;
  readonly stop: StopSwitch;
  readonly faults: CommandFaults;
  private readonly known: StoredKnownUsers;
  private replies: Replies;

  /** @param texts what the bot answers by itself */
  constructor(options: ChatCommandsOptions, texts: Composition['replies']) {
    const { events, clock, logger, store, onFault, prefix, state, chat } = options;
    this.registry = new CommandRegistry(({ plugin }, { error }) => {
      logger.error(messageOf(error), { plugin, error });
    });
    this.replies = new Replies(texts);
    this.known = new StoredKnownUsers(store, logger);
    this.faults = new CommandFaults(clock, logger);
    this.stop = new StopSwitch({ events, clock, logger });
    const { registry: commands, known, stop } = this;
    const common = { commands, known, prefix, replies: () => this.replies };
    addStopCommands(logger, { commands, stop });
    addHelpCommand(logger, common);
    const router = new CommandRouter({
      ...common,
      events,
      clock,
      onFault,
      unready: () => unreadyIn(state()),
      rests: (attribution) => this.faults.refusalFor(attribution),
      stops: () => stop.count,
      chat,
    });
    this.inbox = new RoutedInbox(events, router, onFault);
  }

  /** Reads what must be known before the first command. */
  load(): Promise<void> {
    return this.known.load();
  }

  /** Answers with the texts of another composition from now on. */
  use(texts: Composition['replies']): void {
    this.registry.settle();
    this.replies = new Replies(texts);
  }
}

/** Why no command may run in a state. */
function unreadyIn(state: BotStatus['state']): 'starting' | 'stopping' | undefined {
  if (state === 'ready') return undefined;
  return state === 'stopping' || state === 'stopped' ? 'stopping' : 'starting';
}
