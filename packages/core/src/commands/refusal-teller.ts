import type { Chat, ChatMessage } from '../contracts/chat.js';
import type { Clock } from '../contracts/clock.js';
import type { Refusal } from '../contracts/command.js';
import type { Replies, ReplyValues } from '../contracts/replies.js';
import type { EventHub, OnFault } from '../events/event-hub.js';
import { toAllowed } from './allow.js';
import type { RegisteredCommand } from './command-registry.js';
import { Cooldowns, toCooldownRules } from './cooldowns.js';

/** What the teller stands on. */
export interface RefusalTellerOptions {
  readonly events: EventHub;
  readonly clock: Clock;
  readonly onFault: OnFault;
  /** Begins a command, such as `!`. */
  readonly prefix: () => string;
  readonly replies: () => Replies;
  /** The way out, where there is one. */
  readonly chat: () => Chat | undefined;
}

/** A refused call. */
export interface Refused {
  readonly refusal: Refusal;
  /** Undefined for a command that does not exist. */
  readonly command: RegisteredCommand | undefined;
  /** Name by which it was called. */
  readonly name: string;
  /** Keeps chat out of it. */
  readonly silent?: boolean | undefined;
}

/** Core's own reasons, of which a viewer is told for each command no more often than {@link noticeRules} say. */
const noticed: readonly string[] = [
  'starting',
  'stopping',
  'unknown',
  'disabled',
  'role',
  'arguments',
  'late',
  'queue',
  'stopped',
  'busy',
  'fault',
  'offline',
];

/** How often a viewer is told the usage, or that a command is not for them, came too late or fails. */
const noticeRules = toCooldownRules({ user: '10s' });

/** Tells the bot's listeners, and chat where that makes sense, why a command did not run. */
export class RefusalTeller {
  private readonly notices: Cooldowns;

  constructor(private readonly options: RefusalTellerOptions) {
    this.notices = new Cooldowns(options.clock);
  }

  /** Waits for no delivery. Never throws. */
  tell(message: ChatMessage, refused: Refused): void {
    const { refusal, command, name, silent } = refused;
    const { reason, retryAfter } = refusal;
    const text = silent ? undefined : this.textFor(message, refused);
    this.options.events.emit('refusal', {
      reason,
      command: command?.name ?? name,
      user: message.user,
      channel: message.channel,
      messageId: message.id,
      ...(retryAfter === undefined ? {} : { retryAfter }),
      ...(text === undefined ? {} : { text }),
    });
    if (text !== undefined) void this.reply(message, text);
  }

  private textFor(message: ChatMessage, refused: Refused): string | undefined {
    const { refusal, command } = refused;
    const { reason } = refusal;
    // A plugin's refusal gives the cooldown back, which would make saying it free.
    const isFree = command !== undefined && hasCooldown(command) && reason !== 'cooldown';
    if (isFree || noticed.includes(reason)) {
      const group = `${reason} ${command?.name ?? ''}`;
      const { user, channel } = message;
      const notice = this.notices.take({ group, user, channel, rules: noticeRules });
      if (!notice.allowed) return undefined;
    }
    return this.options.replies().refusal(refusal, this.valuesFor(message, refused));
  }

  private valuesFor(message: ChatMessage, { command, name }: Refused): ReplyValues {
    const prefix = this.options.prefix();
    return {
      user: message.user.displayName,
      // What a viewer made up is not said again.
      command: command ? `${prefix}${name}` : `${prefix}…`,
      usage: `${prefix}${command?.usage ?? '…'}`,
      example: `${prefix}${command?.example ?? '…'}`,
      allowed: toAllowed(command?.allow ?? 'everyone'),
    };
  }

  private async reply(message: ChatMessage, text: string): Promise<void> {
    try {
      await this.options.chat()?.reply(message, text);
    } catch (error) {
      this.options.onFault({ plugin: '', where: 'reply', messageId: message.id }, error);
    }
  }
}

function hasCooldown({ rules }: RegisteredCommand): boolean {
  return rules.user + rules.channel + rules.everyone > 0 || rules.byRole.size > 0;
}
