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
import { RunningCalls } from './running-calls.js';
import { type PassOn, type Task, UserQueue } from './user-queue.js';

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

/** A command that was longer on its way than this is not done any more, milliseconds. */
const tooLate = 30_000;

/** Leads a message to its command: name, enabled, role, arguments, age, cooldown, handler. */
export class CommandRouter {
  private readonly cooldowns: Cooldowns;
  private readonly queue: UserQueue;
  private readonly running = new RunningCalls();
  private readonly returned = new ReturnedTexts();
  private readonly teller: RefusalTeller;
  /** Urgent calls that run. */
  private urgent = 0;

  constructor(private readonly options: CommandRouterOptions) {
    this.cooldowns = new Cooldowns(options.clock);
    this.queue = new UserQueue(options.clock);
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
    const run: Task = (passOn, waited) => this.execute(message, asked, { call, passOn, waited });
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
    const attribution = attributeCall(command, message);
    const refusal =
      this.refuseUser(message, command) ??
      this.refuseOffline(message, command) ??
      this.refuseTrouble(command, attribution);
    if (refusal) return refusal;
    const { signature } = command;
    const args = parseArguments({ signature, words, attribution }, this.options.onFault);
    if (args === undefined) return refuse('arguments');
    return age > tooLate ? refuse('late') : { command, name, args, attribution };
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
  private refuseTrouble(command: RegisteredCommand, attribution: Attribution): Refusal | undefined {
    return this.running.isFull(command) ? refuse('busy') : this.options.rests(attribution);
  }

  /** Runs what switches off: whatever else goes on, waits, or has been said too often. */
  private rush(message: ChatMessage, { command, name, words }: Urgent): Promise<void> {
    const refusal = this.refuseUser(message, command);
    if (refusal) return this.refuse(message, name, refusal);
    const attribution = attributeCall(command, message);
    const { signature } = command;
    const args = parseArguments({ signature, words, attribution }, this.options.onFault);
    if (args === undefined) return this.refuse(message, name, refuse('arguments'));
    // It is done each time, but told no more often than its cooldown would have it.
    const { user, channel } = message;
    const { rules, cooldownGroup } = command;
    const told = this.cooldowns.take({ group: `urgent ${cooldownGroup}`, user, channel, rules });
    const silent = !told.allowed;
    const context = this.contextOf(message, { command, name, args, attribution }, () => {});
    const own = silent ? mute(context) : context;
    const run = { command, attribution, taken: free, silent, context: own };
    this.urgent += 1;
    return this.run(message, run).then(() => {
      this.urgent -= 1;
    });
  }

  /** Not async, as each promise between chat and the handler costs. */
  private execute(message: ChatMessage, asked: Asked, turn: Turn): Promise<void> {
    const call = turn.waited === undefined ? turn.call : this.admitAgain(message, asked, turn);
    if (isRefusal(call)) return this.refuse(message, asked.name, call);
    const { command, name, attribution } = call;
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
    return this.run(message, { command, attribution, taken, context });
  }

  /** While it waited everything may have been stopped, and its plugin exchanged. */
  private admitAgain(message: ChatMessage, asked: Asked, turn: Turn): Call | Refusal {
    const { call, waited = 0 } = turn;
    if (this.stops !== asked.stops) return refuse('stopped');
    if (asked.age + waited > tooLate) return refuse('late');
    if (call.command.owner.signal.aborted) return this.admit(message, asked);
    return this.refuseTrouble(call.command, call.attribution) ?? call;
  }

  /** Runs the handler, and says what became of it. Never rejects. */
  private run(message: ChatMessage, run: Run): Promise<void> {
    const { command, attribution, taken, context } = run;
    // Nobody is told how long it took where nobody asks.
    const begun = this.options.events.isHeard('command') ? this.options.clock.now() : undefined;
    const fail = (error: unknown) => {
      taken.refund();
      this.options.onFault(attribution, error);
    };
    let result: unknown;
    try {
      result = this.handle(command, attribution, context);
    } catch (error) {
      fail(error);
      return done;
    }
    return Promise.resolve(result).then((value) => {
      try {
        this.judge(message, run, value, begun);
      } catch (error) {
        fail(error);
      }
    }, fail);
  }

  /** Says what became of a call whose handler gave `result`. @param begun when it began, for those who ask */
  private judge(message: ChatMessage, run: Run, result: unknown, begun: number | undefined): void {
    const { command, taken, silent, context } = run;
    const { clock, events } = this.options;
    if (isRefusal(result)) {
      taken.refund();
      this.teller.tell(message, { refusal: result, command, name: context.command, silent });
      return;
    }
    if (typeof result === 'string') this.returned.tell(command);
    if (begun === undefined) return;
    events.emit('command', {
      command: command.name,
      plugin: command.owner.id,
      user: message.user,
      channel: message.channel,
      messageId: message.id,
      took: clock.now() - begun,
    });
  }

  private contextOf(message: ChatMessage, call: Call, passOn: PassOn): CommandContext {
    const { chat, events } = this.options;
    const onUnsaid = (text: string) => {
      const said = { command: call.command.name, messageId: message.id, text };
      const { user, channel } = message;
      events.emit('refusal', { reason: 'unsaid', user, channel, ...said });
    };
    return createContext(message, call, { chat, passOn, onUnsaid });
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
    return this.running.follow(command, result, (late) => this.options.onFault(attribution, late));
  }

  private refuse(message: ChatMessage, name: string, refusal: Refusal): Promise<void> {
    this.teller.tell(message, { refusal, command: this.options.commands.find(name), name });
    return done;
  }
}

const done = Promise.resolve();
