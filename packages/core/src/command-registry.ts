import type { Allow, CommandHandler, CommandInfo, CommandOptions, OnCooldown } from './command.js';
import { CommandError } from './command-error.js';
import { type CommandSignature, parseSignature } from './command-signature.js';
import type { CommandTuning } from './command-tuning.js';
import { type CooldownRules, toCooldownRules } from './cooldowns.js';
import type { Logger } from './logger.js';
import type { Undo } from './undo.js';

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
}

/** A registered command with everything that a message needs, resolved once. */
export interface RegisteredCommand extends CommandInfo {
  readonly owner: CommandOwner;
  readonly signature: CommandSignature;
  readonly handler: CommandHandler<never>;
  readonly rules: CooldownRules;
  readonly cooldownGroup: string;
  readonly onCooldown: OnCooldown;
  /** A call that works, without the prefix. */
  readonly example: string;
}

/** All commands by name and alias. Finding one is one look-up, however many there are. */
export class CommandRegistry {
  private readonly byName = new Map<string, RegisteredCommand>();

  /** @returns the command that is called `name`, which must be lower case */
  find(name: string): RegisteredCommand | undefined {
    return this.byName.get(name);
  }

  /** Each command once, by name. */
  get all(): readonly RegisteredCommand[] {
    return [...new Set(this.byName.values())].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /**
   * Adds a command.
   * @throws CommandError when the signature is wrong or a name is taken
   */
  add(
    owner: CommandOwner,
    signature: string,
    options: CommandOptions<never>,
    handler: CommandHandler<never>,
  ): Undo {
    const command = toCommand(owner, parseSignature(signature, options.types), {
      options,
      handler,
    });
    const names = [command.name, ...command.aliases];
    for (const name of names) {
      const other = this.byName.get(name);
      if (other && !other.owner.yields && owner.yields) return () => {};
      if (other && !other.owner.yields) throw takenError(name, other, command);
    }
    for (const name of names) {
      const other = this.byName.get(name);
      if (other) this.remove(other);
      this.byName.set(name, command);
    }
    return () => this.remove(command);
  }

  private remove(command: RegisteredCommand): void {
    for (const [name, other] of this.byName) if (other === command) this.byName.delete(name);
  }
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
  const tuning = owner.tuning[signature.name] ?? {};
  const name = (tuning.name ?? signature.name).toLowerCase();
  const aliases = (tuning.aliases ?? options.aliases ?? []).map((alias) => alias.toLowerCase());
  // The schema of the tuning has checked that each member is a role or @user.
  const allow = (tuning.allow ?? options.allow ?? 'everyone') as Allow;
  const usage = signature.parameters === '' ? name : `${name} ${signature.parameters}`;
  return {
    name,
    aliases: aliases.filter((alias) => alias !== name),
    usage,
    example: options.example ?? `${name} ${signature.example}`.trim(),
    about: tuning.about ?? options.about ?? '',
    allow,
    plugin: owner.id,
    enabled: tuning.enabled ?? true,
    owner,
    signature,
    handler,
    rules: toCooldownRules(tuning.cooldown ?? options.cooldown),
    cooldownGroup: tuning.cooldownGroup ?? options.cooldownGroup ?? `${owner.id}/${signature.name}`,
    onCooldown: tuning.onCooldown ?? options.onCooldown ?? 'once',
  };
}

function takenError(
  name: string,
  other: RegisteredCommand,
  command: RegisteredCommand,
): CommandError {
  const whose = other.owner.id === command.owner.id ? 'twice' : `and of "${command.owner.id}"`;
  return new CommandError(
    'COMMAND_NAME_TAKEN',
    `The command "${name}" is that of the plugin "${other.owner.id}" ${whose}.`,
    {
      hint: `Rename one in plugins.yaml, in the entry of "${command.owner.id}":\n    commands:\n      ${command.signature.name}: { name: ${command.signature.name}2 }`,
    },
  );
}
