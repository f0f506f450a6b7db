import { describeAllow, isAllowed, type KnownUsers } from './allow.js';
import { runFor } from './attribution.js';
import type { Chat, ChatMessage, Delivery } from './chat.js';
import type { Clock } from './clock.js';
import type { CommandContext } from './command.js';
import { readCommandLine, splitWords } from './command-line.js';
import type { CommandRegistry, RegisteredCommand } from './command-registry.js';
import { Cooldowns, toCooldownRules } from './cooldowns.js';
import { formatDuration } from './duration.js';
import type { EventHub, OnFault } from './event-hub.js';
import { isRefusal, type Refusal, refuse } from './refusal.js';
import type { Replies, ReplyValues } from './replies.js';
import { UserQueue } from './user-queue.js';

/** What the router stands on. */
export interface CommandRouterOptions {
  readonly commands: CommandRegistry;
  readonly events: EventHub;
  readonly clock: Clock;
  readonly known: KnownUsers;
  readonly onFault: OnFault;
  /** Begins a command, such as `!`. */
  readonly prefix: () => string;
  readonly replies: () => Replies;
  /** Whether commands may run yet. */
  readonly isReady: () => boolean;
  /** The way out, where there is one. */
  readonly chat: () => Chat | undefined;
}

/** Commands of one user that may wait or run. */
const queueLimit = 5;

/** How often a viewer is told the usage or that a command is not for them. */
const noticeRules = toCooldownRules({ user: '10s' });

/** Leads a message to its command: name, enabled, role, arguments, cooldown, handler. */
export class CommandRouter {
  private readonly cooldowns: Cooldowns;
  private readonly notices: Cooldowns;
  private readonly queue = new UserQueue(queueLimit);

  constructor(private readonly options: CommandRouterOptions) {
    this.cooldowns = new Cooldowns(options.clock);
    this.notices = new Cooldowns(options.clock);
  }

  /** Handlers that run or wait. */
  get active(): number {
    return this.queue.size;
  }

  /**
   * Runs the command of `message`, if it is one.
   * @returns undefined for a line that is no command, else a promise that never rejects
   */
  route(message: ChatMessage): Promise<void> | undefined {
    const cheered = () => message.bits > 0;
    const line = readCommandLine(message.text, this.options.prefix(), cheered);
    if (line === undefined) return undefined;
    const command = this.options.commands.find(line.name);
    const refusal = this.admit(message, command);
    if (refusal) return this.refuse(message, { refusal, command, name: line.name });
    if (command === undefined) return undefined;
    const args = command.signature.parse(splitWords(line.rest));
    if (args === undefined) {
      return this.refuse(message, { refusal: refuse('arguments'), command, name: line.name });
    }
    const call: Call = { command, name: line.name, args };
    const queued = this.queue.run(message.user.id, () => this.execute(message, call));
    return queued ?? this.refuse(message, { refusal: refuse('queue'), command, name: line.name });
  }

  private admit(message: ChatMessage, command: RegisteredCommand | undefined): Refusal | undefined {
    if (!this.options.isReady()) return refuse('starting');
    if (command === undefined) return refuse('unknown');
    if (!command.enabled) return refuse('disabled');
    const allowed = isAllowed(message.user, command.allow, this.options.known);
    return allowed ? undefined : refuse('role');
  }

  private async execute(message: ChatMessage, call: Call): Promise<void> {
    const { command, name } = call;
    const { user, channel } = message;
    const taken = this.cooldowns.take({
      group: command.cooldownGroup,
      user,
      channel,
      rules: command.rules,
    });
    if (!taken.allowed) {
      const silent =
        command.onCooldown === 'silent' || (command.onCooldown === 'once' && !taken.first);
      const refusal = refuse('cooldown', { retryAfter: taken.retryAfter });
      await this.refuse(message, { refusal, command, name, silent });
      return;
    }
    const begun = this.options.clock.now();
    const attribution = {
      plugin: command.owner.id,
      where: `command ${command.name}`,
      messageId: message.id,
    };
    try {
      // The registry keeps each handler beside the signature that its arguments come from.
      const handler = command.handler as (context: CommandContext) => unknown;
      const result = await runFor(attribution, () => handler(this.contextOf(message, call)));
      if (isRefusal(result)) {
        taken.refund();
        await this.refuse(message, { refusal: result, command, name });
        return;
      }
    } catch (error) {
      taken.refund();
      this.options.onFault(attribution, error);
      return;
    }
    const took = this.options.clock.now() - begun;
    this.options.events.emit('command', {
      command: command.name,
      plugin: command.owner.id,
      user,
      channel,
      messageId: message.id,
      took,
    });
  }

  private contextOf(message: ChatMessage, { command, name, args }: Call): CommandContext {
    const dropped: Delivery = { status: 'dropped', reason: 'no chat' };
    return {
      args,
      user: message.user,
      channel: message.channel,
      message,
      command: name,
      log: command.owner.log,
      signal: command.owner.signal,
      reply: async (text) => (await this.options.chat()?.reply(message, text)) ?? dropped,
      say: async (text) => {
        const { channel } = message;
        return (await this.options.chat()?.say(text, { channel })) ?? dropped;
      },
    };
  }

  private async refuse(
    message: ChatMessage,
    { refusal, command, name, silent }: Refused,
  ): Promise<void> {
    const { reason, retryAfter } = refusal;
    const text = silent ? undefined : this.textFor(message, { refusal, command, name });
    this.options.events.emit('refusal', {
      reason,
      command: command?.name ?? name,
      user: message.user,
      channel: message.channel,
      messageId: message.id,
      ...(retryAfter === undefined ? {} : { retryAfter }),
      ...(text === undefined ? {} : { text }),
    });
    if (text !== undefined) await this.tell(message, text);
  }

  private textFor(message: ChatMessage, { refusal, command, name }: Refused): string | undefined {
    const { reason } = refusal;
    if (command && (reason === 'arguments' || reason === 'role')) {
      const group = `${reason} ${command.name}`;
      const { user, channel } = message;
      if (!this.notices.take({ group, user, channel, rules: noticeRules }).allowed)
        return undefined;
    }
    return this.options
      .replies()
      .text(reason, this.valuesFor(message, { refusal, command, name }), refusal.text);
  }

  private valuesFor(message: ChatMessage, { refusal, command, name }: Refused): ReplyValues {
    const prefix = this.options.prefix();
    return {
      user: message.user.displayName,
      command: `${prefix}${name}`,
      usage: `${prefix}${command?.usage ?? name}`,
      example: `${prefix}${command?.example ?? name}`,
      allowed: describeAllow(command?.allow ?? 'everyone'),
      wait: formatDuration(refusal.retryAfter ?? 0),
      text: refusal.text ?? '',
    };
  }

  private async tell(message: ChatMessage, text: string): Promise<void> {
    try {
      await this.options.chat()?.reply(message, text);
    } catch (error) {
      this.options.onFault({ plugin: '', where: 'reply', messageId: message.id }, error);
    }
  }
}

interface Call {
  readonly command: RegisteredCommand;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

interface Refused {
  readonly refusal: Refusal;
  readonly command: RegisteredCommand | undefined;
  readonly name: string;
  /** Keeps chat out of it. */
  readonly silent?: boolean;
}
