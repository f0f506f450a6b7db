import type { ChatMessage } from '../contracts/chat.js';
import { type CommandContext, isRefusal, type Refusal, refuse } from '../contracts/command.js';
import { type Attribution, runFor } from '../events/attribution.js';
import { isAllowed, type KnownUsers } from './allow.js';
import {
  attributeCall,
  type Call,
  createContext,
  mute,
  parseArguments,
  ReturnedTexts,
  readUrgentWords,
} from './call.js';
import { readCommandLine, splitWords } from './command-line.js';
import type { CommandRegistry, RegisteredCommand } from './command-registry.js';
import { Cooldowns } from './cooldowns.js';
import { RefusalTeller, type RefusalTellerOptions } from './refusal-teller.js';
import { type Asked, free, noWords, type Run, type Turn, type Urgent } from './routed-call.js';
import { RunningCalls, StopWaiters } from './running-calls.js';
import { type PassOn, UserQueue } from './user-queue.js';

/** What the router stands on. */
export interface CommandRouterOptions extends RefusalTellerOptions {
  readonly commands: CommandRegistry;
  readonly known: KnownUsers;
  /** Why no command may run now; undefined when the bot is ready. */
  readonly unready: () => 'starting' | 'stopping' | undefined;
  /** Why a command that failed too often may not run now; undefined when it may. */
  readonly rests: (attribution: Attribution) => Refusal | undefined;
  /** Whether a channel's stream is live. @default no */
  readonly isLive?: (channel: string) => boolean;
  /** How often everything was stopped: what waited then is not done any more. @default never */
  readonly stops?: () => number;
}

/** What one user may have going: five that wait or have their turn, and those whose replies are on their way. */
const queueLimits = { turns: 5, tasks: 50 } as const;

/** A command that was longer on its way than this is not done any more, milliseconds. */
const tooLate = 30_000;

/** Leads a message to its command: name, enabled, role, arguments, age, cooldown, handler. */
export class CommandRouter {
  private readonly cooldowns: Cooldowns;
  private readonly queue = new UserQueue(queueLimits);
  private readonly stopWaiters = new StopWaiters();
  private readonly running = new RunningCalls();
  private readonly returned = new ReturnedTexts();
  private readonly teller: RefusalTeller;
  /** Urgent calls that run. */
  private urgent = 0;

  constructor(private readonly options: CommandRouterOptions) {
    this.cooldowns = new Cooldowns(options.clock);
    this.teller = new RefusalTeller(options);
  }

  /** How many users' commands run or wait, and urgent calls run. */
  get active(): number {
    return this.queue.size + this.urgent;
  }

  /**
   * Runs the command of `message`, if it is one.
   * @returns undefined for a line that is no command, else a promise that never rejects
   */
  route(message: ChatMessage): Promise<void> | undefined {
    const line = readCommandLine(message, this.options.prefix());
    if (line === undefined) return undefined;
    const command = this.options.commands.find(line.name);
    // Asked of every command as it comes: from those that were fast is known which ones are late.
    const age = message.age ?? 0;
    const words = command ? splitWords(line.rest) : noWords;
    const off = command && readUrgentWords(command, words);
    if (command && off) return this.rush(message, { command, name: line.name, words: off });
    if (line.isUrgentOnly) return undefined;
    const asked: Asked = { name: line.name, words, age, stops: this.stops };
    const call = this.admit(message, asked);
    if (isRefusal(call)) return this.refuse(message, line.name, call);
    const run = (passOn: PassOn) => this.execute(message, asked, { call, passOn });
    return this.queue.run(message.user.id, run) ?? this.refuse(message, line.name, refuse('queue'));
  }

  private get stops(): number {
    return this.options.stops?.() ?? 0;
  }

  /** The checks that cost nothing: enabled, role, arguments, age. */
  private admit(message: ChatMessage, { name, words, age }: Asked): Call | Refusal {
    const unready = this.options.unready();
    if (unready) return refuse(unready);
    const command = this.options.commands.find(name);
    if (command === undefined) return refuse('unknown');
    const refusal =
      this.refuseUser(message, command) ??
      this.refuseOffline(message, command) ??
      this.refuseTrouble(message, command);
    if (refusal) return refusal;
    const args = parseArguments(message, { command, words }, this.options.onFault);
    if (args === undefined) return refuse('arguments');
    return age > tooLate ? refuse('late') : { command, name, args };
  }

  private refuseUser(
    { user }: ChatMessage,
    { enabled, allow, owner }: RegisteredCommand,
  ): Refusal | undefined {
    if (!enabled) return refuse('disabled');
    if (isAllowed(user, allow, this.options.known)) return undefined;
    return refuse(owner.isListed?.() === false ? 'unknown' : 'role');
  }

  private refuseOffline(
    { channel }: ChatMessage,
    { onlyLive }: RegisteredCommand,
  ): Refusal | undefined {
    if (!onlyLive || this.options.isLive?.(channel)) return undefined;
    return refuse('offline');
  }

  /** A command that keeps failing or never ends; what switches off is never kept from it. */
  private refuseTrouble(message: ChatMessage, command: RegisteredCommand): Refusal | undefined {
    if (this.running.isFull(command)) return refuse('busy');
    return this.options.rests(attributeCall(command, message));
  }

  /** Runs what switches off: whatever else goes on, waits, or has been said too often. */
  private async rush(message: ChatMessage, { command, name, words }: Urgent): Promise<void> {
    const refusal = this.refuseUser(message, command);
    if (refusal) return this.refuse(message, name, refusal);
    const args = parseArguments(message, { command, words }, this.options.onFault);
    if (args === undefined) return this.refuse(message, name, refuse('arguments'));
    // It is done each time, but told no more often than its cooldown would have it.
    const { user, channel } = message;
    const { rules, cooldownGroup } = command;
    const told = this.cooldowns.take({ group: `urgent ${cooldownGroup}`, user, channel, rules });
    const silent = !told.allowed;
    const context = this.contextOf(message, { command, name, args }, () => {});
    const run = { command, taken: free, silent, context: silent ? mute(context) : context };
    this.urgent += 1;
    try {
      await this.run(message, run);
    } finally {
      this.urgent -= 1;
    }
  }

  /** Not async, as each promise between chat and the handler costs. */
  private execute(message: ChatMessage, asked: Asked, turn: Turn): Promise<void> {
    if (this.stops !== asked.stops) return this.refuse(message, asked.name, refuse('stopped'));
    // While it waited its plugin may have been stopped or exchanged.
    const gone = turn.call.command.owner.signal.aborted;
    const call = gone
      ? this.admit(message, asked)
      : (this.refuseTrouble(message, turn.call.command) ?? turn.call);
    if (isRefusal(call)) return this.refuse(message, asked.name, call);
    const { command, name } = call;
    const { user, channel } = message;
    const { cooldownGroup: group, rules, onCooldown } = command;
    const taken = this.cooldowns.take({ group, user, channel, rules });
    if (!taken.allowed) {
      const silent = onCooldown === 'silent' || (onCooldown === 'once' && !taken.first);
      const refusal = refuse('cooldown', { retryAfter: taken.retryAfter });
      this.teller.tell(message, { refusal, command, name, silent });
      return done;
    }
    const context = this.contextOf(message, call, turn.passOn);
    return this.run(message, { command, taken, context });
  }

  /** Runs the handler, and says what became of it. */
  private async run(message: ChatMessage, { command, taken, silent, context }: Run): Promise<void> {
    const begun = this.options.clock.now();
    const attribution = attributeCall(command, message);
    try {
      const result = await this.handle(command, attribution, context);
      if (isRefusal(result)) {
        taken.refund();
        const { command: name } = context;
        return this.teller.tell(message, { refusal: result, command, name, silent });
      }
      if (typeof result === 'string') this.returned.tell(command);
    } catch (error) {
      taken.refund();
      this.options.onFault(attribution, error);
      return;
    }
    this.options.events.emit('command', {
      command: command.name,
      plugin: command.owner.id,
      user: message.user,
      channel: message.channel,
      messageId: message.id,
      took: this.options.clock.now() - begun,
    });
  }

  private contextOf(message: ChatMessage, call: Call, passOn: PassOn): CommandContext {
    const { user, channel, id: messageId } = message;
    const about = { reason: 'unsaid', command: call.command.name, user, channel, messageId };
    const onUnsaid = (text: string) => this.options.events.emit('refusal', { ...about, text });
    return createContext(message, call, { chat: this.options.chat(), passOn, onUnsaid });
  }

  /** A handler that hangs ends with its plugin, so that its user is not held up for ever. */
  private handle(
    command: RegisteredCommand,
    attribution: Attribution,
    context: CommandContext,
  ): unknown {
    // The registry keeps each handler beside the signature that its arguments come from.
    const handler = command.handler as (context: CommandContext) => unknown;
    const result = runFor(attribution, () => handler(context));
    if (!(result instanceof Promise)) return result;
    const late = (error: unknown) => this.options.onFault(attribution, error);
    const ended = this.stopWaiters.wait(result, command.owner.signal, late);
    this.running.add(command, ended);
    return ended;
  }

  private refuse(message: ChatMessage, name: string, refusal: Refusal): Promise<void> {
    const command = this.options.commands.find(name);
    this.teller.tell(message, { refusal, command, name });
    return done;
  }
}

const done = Promise.resolve();
