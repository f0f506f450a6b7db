import type { ChatMessage, Delivery } from '../contracts/chat.js';
import type { CommandContext } from '../contracts/command.js';
import { isRefusal, type Refusal, refuse } from '../contracts/refusal.js';
import { type Attribution, runFor } from '../events/attribution.js';
import { isAllowed, type KnownUsers } from './allow.js';
import { type CommandLine, readCommandLine, splitWords } from './command-line.js';
import type { CommandRegistry, RegisteredCommand } from './command-registry.js';
import type { ArgumentWords } from './command-signature.js';
import { Cooldowns } from './cooldowns.js';
import { RefusalTeller, type RefusalTellerOptions } from './refusal-teller.js';
import { StopWaiters } from './stop-waiters.js';
import { UserQueue } from './user-queue.js';

/** What the router stands on. */
export interface CommandRouterOptions extends RefusalTellerOptions {
  readonly commands: CommandRegistry;
  readonly known: KnownUsers;
  /** Why no command may run now; undefined when the bot is ready. */
  readonly unready: () => 'starting' | 'stopping' | undefined;
}

/** Commands of one user that may wait or run. */
const queueLimit = 5;

/** Leads a message to its command: name, enabled, role, arguments, cooldown, handler. */
export class CommandRouter {
  private readonly cooldowns: Cooldowns;
  private readonly queue = new UserQueue(queueLimit);
  private readonly stopWaiters = new StopWaiters();
  private readonly teller: RefusalTeller;

  constructor(private readonly options: CommandRouterOptions) {
    this.cooldowns = new Cooldowns(options.clock);
    this.teller = new RefusalTeller(options);
  }

  /** Users whose commands run or wait. */
  get active(): number {
    return this.queue.size;
  }

  /**
   * Runs the command of `message`, if it is one.
   * @returns undefined for a line that is no command, else a promise that never rejects
   */
  route(message: ChatMessage): Promise<void> | undefined {
    const line = readCommandLine(message, this.options.prefix());
    if (line === undefined) return undefined;
    const call = this.admit(message, line);
    if (isRefusal(call)) return this.refuse(message, line.name, call);
    const queued = this.queue.run(message.user.id, () => this.execute(message, line, call));
    return queued ?? this.refuse(message, line.name, refuse('queue'));
  }

  /** The guards that cost nothing: enabled, role, arguments. */
  private admit(message: ChatMessage, { name, rest }: CommandLine): Call | Refusal {
    const unready = this.options.unready();
    if (unready) return refuse(unready);
    const command = this.options.commands.find(name);
    if (command === undefined) return refuse('unknown');
    if (!command.enabled) return refuse('disabled');
    if (!isAllowed(message.user, command.allow, this.options.known)) return refuse('role');
    const { signature } = command;
    const words = splitWords(rest);
    const args = signature.hasOwnTypes
      ? this.parseGuarded(message, command, words)
      : signature.parse(words);
    return args === undefined ? refuse('arguments') : { command, name, args };
  }

  /** Argument types of the author's own may throw. */
  private parseGuarded(message: ChatMessage, command: RegisteredCommand, words: ArgumentWords) {
    const attribution = attributionOf(command, message);
    try {
      return runFor(attribution, () => command.signature.parse(words));
    } catch (error) {
      this.options.onFault(attribution, error);
      return undefined;
    }
  }

  private async execute(message: ChatMessage, line: CommandLine, admitted: Call): Promise<void> {
    // While it waited its plugin may have been stopped or exchanged.
    const gone = admitted.command.owner.signal.aborted;
    const call = gone ? this.admit(message, line) : admitted;
    if (isRefusal(call)) return this.refuse(message, line.name, call);
    const { command, name } = call;
    const { user, channel } = message;
    const { cooldownGroup: group, rules, onCooldown } = command;
    const taken = this.cooldowns.take({ group, user, channel, rules });
    if (!taken.allowed) {
      const silent = onCooldown === 'silent' || (onCooldown === 'once' && !taken.first);
      const refusal = refuse('cooldown', { retryAfter: taken.retryAfter });
      return this.teller.tell(message, { refusal, command, name, silent });
    }
    const begun = this.options.clock.now();
    const attribution = attributionOf(command, message);
    try {
      const result = await this.run(message, call, attribution);
      if (isRefusal(result)) {
        taken.refund();
        return await this.teller.tell(message, { refusal: result, command, name });
      }
    } catch (error) {
      taken.refund();
      this.options.onFault(attribution, error);
      return;
    }
    this.options.events.emit('command', {
      command: command.name,
      plugin: command.owner.id,
      user,
      channel,
      messageId: message.id,
      took: this.options.clock.now() - begun,
    });
  }

  /** Runs the handler; one that hangs ends with its plugin, so that its user is not held up for ever. */
  private run(message: ChatMessage, call: Call, attribution: Attribution): unknown {
    const { command } = call;
    // The registry keeps each handler beside the signature that its arguments come from.
    const handler = command.handler as (context: CommandContext) => unknown;
    const result = runFor(attribution, () => handler(this.contextOf(message, call)));
    if (!(result instanceof Promise)) return result;
    const late = (error: unknown) => this.options.onFault(attribution, error);
    return this.stopWaiters.wait(result, command.owner.signal, late);
  }

  private contextOf(message: ChatMessage, { command, name, args }: Call): CommandContext {
    const { channel } = message;
    const { chat } = this.options;
    return {
      args,
      user: message.user,
      channel,
      message,
      command: name,
      log: command.owner.log,
      signal: command.owner.signal,
      reply: (text) => this.answer(message, command, text),
      say: (text) => chat()?.say(text, { channel }) ?? nowhere,
    };
  }

  /** Answers a message; an answer that was not said is told like a refusal, for its command was in vain. */
  private async answer(
    message: ChatMessage,
    command: RegisteredCommand,
    text: string,
  ): Promise<Delivery> {
    const delivery = await (this.options.chat()?.reply(message, text) ?? nowhere);
    if (delivery.status === 'dropped' && delivery !== nothing) {
      const { user, channel, id: messageId } = message;
      const about = { command: command.name, user, channel, messageId };
      this.options.events.emit('refusal', { reason: 'unsaid', ...about, text: delivery.reason });
    }
    return delivery;
  }

  private refuse(message: ChatMessage, name: string, refusal: Refusal): Promise<void> {
    const command = this.options.commands.find(name);
    return this.teller.tell(message, { refusal, command, name });
  }
}

/** What becomes of a text where no plugin brings a chat. */
const nothing: Delivery = { status: 'dropped', reason: 'no chat' };
const nowhere = Promise.resolve(nothing);

interface Call {
  readonly command: RegisteredCommand;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

function attributionOf(command: RegisteredCommand, message: ChatMessage): Attribution {
  return {
    plugin: command.owner.id,
    where: command.where,
    messageId: message.id,
  };
}
