import { CommandError, type CommandInfo } from '../contracts/command.js';
import { reservedCommands, reservedReason } from '../contracts/emergency-stop.js';
import type { CommandTuning } from './command-tuning.js';

/** For a command without a function that runs it. */
export function handlerError(
  { id }: { readonly id: string },
  signature: string,
  options: unknown,
): CommandError {
  const what =
    typeof options === 'function'
      ? `says the options of the command "${signature}" behind its handler: they stand before it`
      : `gives the command "${signature}" no handler`;
  return new CommandError('COMMAND_HANDLER_MISSING', `The plugin "${id}" ${what}.`, {
    hint: 'Write: command("hi", { about: "Says hi" }, ({ reply }) => reply("Hi!"))',
  });
}

/** For a command that wants a word which is core's own. */
export function reservedError(name: string, { ownName: own, plugin }: CommandInfo): CommandError {
  const what = name === own ? `command "${name}"` : `name "${name}" for the command "${own}"`;
  return new CommandError(
    'COMMAND_NAME_RESERVED',
    `The plugin "${plugin}" cannot have the ${what}: "${name}" ${reservedReason}.`,
    {
      hint: `Give the command another name; ${reservedCommands.join(' and ')} are taken for good.`,
    },
  );
}

/** For a command whose name another one has. */
export function takenError(name: string, other: NamedCommand, command: NamedCommand): CommandError {
  const isOwn = other.plugin === command.plugin;
  const whose = isOwn
    ? `twice that of the plugin "${command.plugin}"`
    : `that of the plugin "${other.plugin}" and of "${command.plugin}"`;
  const holder = isOwn ? `its command "${other.ownName}"` : `"${other.plugin}"`;
  const stays =
    isOwn && !isTuned(name, other, command)
      ? ''
      : `; it stays with ${holder}, which stands first in plugins.yaml`;
  const message = `The command "${name}" is ${whose}${stays}.`;
  if (isOwn && !isTuned(name, other, command)) {
    const hint = `Give one of the two another name where "${command.plugin}" registers it.`;
    return new CommandError('COMMAND_NAME_TAKEN', message, { hint });
  }
  // Where the owner gave a command the name of another one, that is what to take back.
  const renamed = tunedPath(command, name) ? command : tunedPath(other, name) ? other : command;
  return new CommandError('COMMAND_NAME_TAKEN', message, {
    hint: `Rename one in plugins.yaml, in the entry of "${renamed.plugin}":\n    commands:\n      ${toRename(name, renamed)}`,
  });
}

function toRename(name: string, { name: called, ownName: own, aliases }: NamedCommand): string {
  if (name === called) return `${own}: { name: ${own}2 }`;
  return `${own}: { aliases: [${aliases.filter((alias) => alias !== name).join(', ')}] }`;
}

/** Whether it is plugins.yaml that gives one of two commands a name. */
export function isTuned(name: string, ...commands: readonly NamedCommand[]): boolean {
  return commands.some((command) => tunedPath(command, name) !== undefined);
}

/** All names by which a command is called. */
export function namesOf({
  name,
  aliases,
}: Pick<CommandInfo, 'name' | 'aliases'>): readonly string[] {
  return [name, ...aliases];
}

/** A command, and what plugins.yaml says of it. */
export interface NamedCommand extends Pick<CommandInfo, 'name' | 'ownName' | 'aliases' | 'plugin'> {
  readonly owner: { readonly tuning: Readonly<Record<string, CommandTuning>> };
}

/** Where plugins.yaml, below the entry of its plugin, gives a command a name; undefined where its plugin does. */
export function tunedPath(
  { ownName, owner: { tuning } }: NamedCommand,
  name: string,
): readonly (string | number)[] | undefined {
  const tuned = Object.hasOwn(tuning, ownName) ? tuning[ownName] : undefined;
  if (tuned?.name?.toLowerCase() === name) return ['commands', ownName, 'name'];
  const index = tuned?.aliases?.findIndex((alias) => alias.toLowerCase() === name) ?? -1;
  return index < 0 ? undefined : ['commands', ownName, 'aliases', index];
}
