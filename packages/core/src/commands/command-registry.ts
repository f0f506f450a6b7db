import {
  type Allow,
  CommandError,
  type CommandHandler,
  type CommandInfo,
  type CommandOptions,
  type OnCooldown,
} from '../contracts/command.js';
import {
  isReservedCommand,
  reservedCommands,
  reservedReason,
} from '../contracts/emergency-stop.js';
import type { Logger } from '../contracts/logger.js';
import type { Undo } from '../contracts/undo.js';
import { ArgumentTypeCache } from './argument-types.js';
import { checkCommandOptions } from './author-options.js';
import { type CommandSignature, parseSignature, requireSignature } from './command-signature.js';
import type { CommandTuning } from './command-tuning.js';
import { type CooldownRules, toCooldownRules } from './cooldowns.js';

/** The plugin that a command belongs to. */
export interface CommandOwner {
  /** Id of the plugin. */
  readonly id: string;
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** What the owner of the bot changed, by the command's own name. */
  readonly tuning: Readonly<Record<string, CommandTuning>>;
  /** Gives way to another command of that name without an error. */
  readonly yields?: boolean;
  /** May have the reserved names. */
  readonly isCore?: boolean;
  /** Whether its commands are shown now. @default always */
  readonly isListed?: () => boolean;
}

/** A registered command with everything that a message needs, resolved once. */
export interface RegisteredCommand extends CommandInfo {
  readonly owner: CommandOwner;
  readonly signature: CommandSignature;
  readonly handler: CommandHandler<never>;
  readonly rules: CooldownRules;
  readonly cooldownGroup: string;
  readonly onCooldown: OnCooldown;
  /** First words with which it is run at once, or whether it always is; undefined for most. */
  readonly urgent: ReadonlySet<string> | true | undefined;
  /** What faults of its handler are said to be in. */
  readonly where: string;
  /** A call that works, without the prefix. */
  readonly example: string;
}

/** All commands by name and alias. Finding one is one look-up, however many there are. */
export class CommandRegistry {
  private readonly byName = new Map<string, RegisteredCommand>();
  /** Commands that give way to others of their name, and come back when those are gone. */
  private readonly yielding = new Set<RegisteredCommand>();
  private readonly types = new ArgumentTypeCache();

  /** @returns the command that is called `name`, which must be lower case */
  find(name: string): RegisteredCommand | undefined {
    return this.byName.get(name);
  }

  /** Each command that is shown once, by name. */
  get all(): readonly RegisteredCommand[] {
    return [...new Set(this.byName.values())]
      .filter(({ owner }) => owner.isListed?.() ?? true)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /**
   * Adds a command.
   * @throws CommandError when the signature or an option is wrong, the handler is none, or a name is taken or reserved
   */
  add(
    owner: CommandOwner,
    signature: string,
    options: CommandOptions<never>,
    handler: CommandHandler<never>,
  ): Undo {
    requireSignature(signature);
    if (typeof handler !== 'function' || !isOptions(options)) throw handlerError(owner, signature);
    checkCommandOptions(owner.id, signature, options);
    const command = toCommand(owner, parseSignature(signature, options.types, this.types), {
      options,
      handler,
    });
    const names = namesOf(command);
    for (const name of names) {
      if (isReservedCommand(name) && !owner.isCore) throw reservedError(name, command);
      const other = this.byName.get(name);
      if (other && !other.owner.yields && !owner.yields) throw takenError(name, other, command);
    }
    if (owner.yields) this.yielding.add(command);
    else for (const name of names) this.byName.set(name, command);
    this.offerFree();
    return () => this.remove(command);
  }

  private remove(command: RegisteredCommand): void {
    this.yielding.delete(command);
    for (const name of namesOf(command)) {
      if (this.byName.get(name) === command) this.byName.delete(name);
    }
    this.offerFree();
  }

  /** Gives the names that nobody else has to the commands that give way. */
  private offerFree(): void {
    for (const command of this.yielding) {
      for (const name of namesOf(command)) {
        if (!this.byName.has(name)) this.byName.set(name, command);
      }
    }
  }
}

/** A plugin in JavaScript is told of nothing by its editor. */
function isOptions(options: unknown): boolean {
  return typeof options === 'object' && options !== null;
}

function handlerError({ id }: CommandOwner, signature: string): CommandError {
  return new CommandError(
    'COMMAND_HANDLER_MISSING',
    `The plugin "${id}" gives the command "${signature}" no handler.`,
    { hint: 'Write: command("hi", { about: "Says hi" }, ({ reply }) => reply("Hi!"))' },
  );
}

function namesOf({ name, aliases }: RegisteredCommand): readonly string[] {
  return [name, ...aliases];
}

interface Definition {
  readonly options: CommandOptions<never>;
  readonly handler: CommandHandler<never>;
}

function toCommand(
  owner: CommandOwner,
  signature: CommandSignature,
  { options, handler }: Definition,
): RegisteredCommand {
  const tuning = Object.hasOwn(owner.tuning, signature.name)
    ? (owner.tuning[signature.name] ?? {})
    : {};
  const name = (tuning.name ?? signature.name).toLowerCase();
  const aliases = (tuning.aliases ?? options.aliases ?? []).map((alias) => alias.toLowerCase());
  // The schema of the tuning has checked that each member is a role or @user.
  const allow = (tuning.allow ?? options.allow ?? 'everyone') as Allow;
  const usage = signature.parameters === '' ? name : `${name} ${signature.parameters}`;
  const rules = toCooldownRules(tuning.cooldown ?? options.cooldown);
  return {
    name,
    ownName: signature.name,
    aliases: aliases.filter((alias) => alias !== name),
    usage,
    where: `command ${name}`,
    example: exampleOf(name, signature, options.example),
    about: tuning.about ?? options.about ?? '',
    allow,
    plugin: owner.id,
    enabled: tuning.enabled ?? true,
    owner,
    signature,
    handler,
    rules,
    cooldown: { ...rules, byRole: Object.fromEntries(rules.byRole) },
    cooldownGroup: tuning.cooldownGroup ?? options.cooldownGroup ?? `${owner.id}/${signature.name}`,
    onCooldown: tuning.onCooldown ?? options.onCooldown ?? 'once',
    urgent: options.urgent === true ? true : options.urgent && new Set(options.urgent),
  };
}

/** The author's example may begin with a prefix, and has the author's own name for the command. */
function exampleOf(name: string, signature: CommandSignature, given: string | undefined): string {
  if (given === undefined) return `${name} ${signature.example}`.trim();
  const [first = '', ...others] = given.trim().split(/\s+/);
  const named = first.toLowerCase().endsWith(signature.name);
  return [name, ...(named ? [] : [first]), ...others].join(' ');
}

function reservedError(name: string, { signature, owner }: RegisteredCommand): CommandError {
  const own = signature.name;
  const what = name === own ? `command "${name}"` : `name "${name}" for the command "${own}"`;
  return new CommandError(
    'COMMAND_NAME_RESERVED',
    `The plugin "${owner.id}" cannot have the ${what}: "${name}" ${reservedReason}.`,
    {
      hint: `Give the command another name; ${reservedCommands.join(' and ')} are taken for good.`,
    },
  );
}

function takenError(
  name: string,
  other: RegisteredCommand,
  command: RegisteredCommand,
): CommandError {
  const { id } = command.owner;
  const whose =
    other.owner.id === id
      ? `twice that of the plugin "${id}"`
      : `that of the plugin "${other.owner.id}" and of "${id}"`;
  const own = command.signature.name;
  const rename =
    name === command.name
      ? `${own}: { name: ${own}2 }`
      : `${own}: { aliases: [${command.aliases.filter((alias) => alias !== name).join(', ')}] }`;
  return new CommandError('COMMAND_NAME_TAKEN', `The command "${name}" is ${whose}.`, {
    hint: `Rename one in plugins.yaml, in the entry of "${id}":\n    commands:\n      ${rename}`,
  });
}
