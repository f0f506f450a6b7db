import type { ChatMessage, ChatUser, Delivery, Role } from './chat.js';
import type { ArgumentParsers, CommandArguments } from './command-arguments.js';
import type { Duration } from './duration.js';
import { PertyError } from './errors.js';
import type { RefusalReason } from './events.js';
import type { Logger } from './logger.js';
import type { Redemption } from './redemption.js';
import type { ReplyValues } from './replies.js';

/**
 * Who may run a command. A role means that role or a higher one. A list means exactly its members and
 * the broadcaster; `@alice` in it is a user.
 */
export type Allow = Role | readonly (Role | `@${string}`)[];

/**
 * Pauses between runs. A duration alone is `everyone`. The entry of a role replaces the others for
 * those who hold it (the highest that they hold counts).
 */
export type Cooldown =
  | Duration
  | ({
      /** For each user. */
      readonly user?: Duration;
      /** For each channel. */
      readonly channel?: Duration;
      /** For all users in all channels together. */
      readonly everyone?: Duration;
    } & { readonly [role in Exclude<Role, 'everyone'>]?: Duration });

/** Whether a viewer on cooldown is told: never, once for each cooldown, or each time. */
export type OnCooldown = 'silent' | 'once' | 'always';

/** What a plugin author says of a command; the owner may change all but what is code in plugins.yaml. */
export interface CommandOptions<Values = Readonly<Record<string, unknown>>> {
  /** One line for `!help`. */
  readonly about?: string;
  /** Other names. */
  readonly aliases?: readonly string[];
  /** @default 'everyone' */
  readonly allow?: Allow;
  /** @default none */
  readonly cooldown?: Cooldown;
  /** Commands of one group share their cooldown. */
  readonly cooldownGroup?: string;
  /** @default 'once' */
  readonly onCooldown?: OnCooldown;
  /** A call that works, shown with the usage. @default made from the signature */
  readonly example?: string;
  /**
   * First words with which it switches off, such as `off`; `true` for all calls. It is then run at once and
   * with that word alone: past the user's queue and the cooldown, late, and while the bot starts or stops.
   * @default none
   */
  readonly urgent?: readonly string[] | true;
  /**
   * Whether it is closed while the stream is offline, or nobody knows whether it is; what switches off never is.
   * @default false
   */
  readonly onlyLive?: boolean;
  /** Why it can do nothing now, such as a chip that does not answer: asked of what rewards run. @default it can */
  readonly away?: () => Refusal | undefined;
  /** Argument types of the author's own, by name. */
  readonly types?: ArgumentParsers<Values>;
}

/** What a handler is given. */
export interface CommandContext<Args = Readonly<Record<string, unknown>>> {
  readonly args: Args;
  readonly user: ChatUser;
  /** Channel login without `#`. */
  readonly channel: string;
  /** The line of chat; for a redemption one that stands for it. */
  readonly message: ChatMessage;
  /** What the viewer paid for; absent for a line of chat. */
  readonly redemption?: Redemption;
  /** Name by which the command was called. */
  readonly command: string;
  readonly log: Logger;
  /** Fires when the plugin stops. */
  readonly signal: AbortSignal;
  /** Answers the message in its thread; a redemption by the viewer's name. */
  reply(text: string): Promise<Delivery>;
  /** Says something in the message's channel. */
  say(text: string): Promise<Delivery>;
}

/**
 * Runs a command. A Refusal that it returns, or that its promise gives, is told to chat and
 * costs no cooldown; anything else is ignored.
 */
export type CommandHandler<Args = Readonly<Record<string, unknown>>> = (
  context: CommandContext<Args>,
) => unknown;

/** Registers a command; its arguments are typed from the signature. The options may be left out. */
export interface RegisterCommand {
  <const Signature extends string>(
    signature: Signature,
    handler: CommandHandler<CommandArguments<Signature>>,
  ): () => void;
  <const Signature extends string, Values = Record<never, never>>(
    signature: Signature,
    options: CommandOptions<Values>,
    handler: CommandHandler<CommandArguments<Signature, Values>>,
  ): () => void;
}

/** The pauses between runs of a command that hold, in milliseconds; 0 is none. */
export interface CooldownInfo {
  readonly user: number;
  readonly channel: number;
  readonly everyone: number;
  /** Instead of all others for who holds the role, each on their own. */
  readonly byRole: Readonly<Partial<Record<Role, number>>>;
}

/** A command as the owner and `!help` see it. */
export interface CommandInfo {
  readonly name: string;
  /** Name that its plugin gave it; plugins.yaml may have given it another. */
  readonly ownName: string;
  readonly aliases: readonly string[];
  /** Such as `lamp <state:on|off>`. */
  readonly usage: string;
  readonly about: string;
  readonly allow: Allow;
  readonly cooldown: CooldownInfo;
  /** Id of the plugin. */
  readonly plugin: string;
  readonly enabled: boolean;
}

/** An ordinary no: somebody asked for what is not allowed now. It is returned, never thrown. */
export interface Refusal {
  readonly refused: true;
  readonly reason: RefusalReason;
  /** A sentence that chat can be told. */
  readonly text?: string;
  /** What the sentence of this reason has in braces, where the plugin declares one in `replies`. */
  readonly values?: ReplyValues;
  /** Milliseconds until it would be allowed. */
  readonly retryAfter?: number;
}

/** Makes a {@link Refusal}. */
export function refuse(
  reason: RefusalReason,
  details: Omit<Refusal, 'refused' | 'reason'> = {},
): Refusal {
  return { refused: true, reason, ...details };
}

/** Whether `value` is a {@link Refusal}. */
export function isRefusal(value: unknown): value is Refusal {
  return (
    typeof value === 'object' && value !== null && 'refused' in value && value.refused === true
  );
}

/** Every code of a {@link CommandError}; docs/errors.md explains each. */
export type CommandErrorCode =
  | 'COMMAND_SIGNATURE_INVALID'
  | 'COMMAND_OPTIONS_INVALID'
  | 'COMMAND_HANDLER_MISSING'
  | 'COMMAND_TEXT_INVALID'
  | 'COMMAND_NAME_TAKEN'
  | 'COMMAND_NAME_RESERVED'
  | 'REWARD_OPTIONS_INVALID'
  | 'REWARD_TAKEN';

/** Thrown whenever a command or a reward cannot be registered. */
export class CommandError extends PertyError<CommandErrorCode> {}
