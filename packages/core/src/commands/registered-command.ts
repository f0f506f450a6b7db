import type {
  Allow,
  CommandHandler,
  CommandInfo,
  CommandOptions,
  OnCooldown,
  Refusal,
} from '../contracts/command.js';
import type { CommandTrace } from '../contracts/declaration.js';
import type { Logger } from '../contracts/logger.js';
import { type CommandSignature, exampleOf } from './command-signature.js';
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
  /** Where it stands in plugins.yaml; of two that want one name the first has it. @default 0 */
  readonly place?: () => number;
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
  /** Whether it is closed unless the stream is live. */
  readonly onlyLive: boolean;
  /** Why it can do nothing now. */
  readonly away: (() => Refusal | undefined) | undefined;
  /** What faults of its handler are said to be in. */
  readonly where: string;
  /** A call that works, without the prefix. */
  readonly example: string;
  /** What its plugin said of it. */
  readonly trace: CommandTrace;
}

interface Definition {
  readonly trace: CommandTrace;
  readonly options: CommandOptions<never>;
  readonly handler: CommandHandler<never>;
}

/** What a message needs of a command, with what the owner of the bot changed. */
export function toRegistered(
  owner: CommandOwner,
  signature: CommandSignature,
  { trace, options, handler }: Definition,
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
    onlyLive: tuning.onlyLive ?? options.onlyLive ?? false,
    away: options.away,
    owner,
    trace,
    signature,
    handler,
    rules,
    cooldown: { ...rules, byRole: Object.fromEntries(rules.byRole) },
    cooldownGroup: tuning.cooldownGroup ?? options.cooldownGroup ?? `${owner.id}/${signature.name}`,
    onCooldown: tuning.onCooldown ?? options.onCooldown ?? 'once',
    urgent: options.urgent === true ? true : options.urgent && new Set(options.urgent),
  };
}

/** A command as the owner sees it, without its handler. */
export function toCommandInfo(command: RegisteredCommand): CommandInfo {
  const { name, ownName, aliases, usage, about, allow, cooldown, plugin, enabled } = command;
  return { name, ownName, aliases, usage, about, allow, cooldown, plugin, enabled };
}
