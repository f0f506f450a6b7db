import { CommandError, type CommandInfo } from '../contracts/command.js';
import { reservedCommands, reservedReason } from '../contracts/emergency-stop.js';

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
export function takenError(name: string, other: CommandInfo, command: CommandInfo): CommandError {
  const { plugin: id, ownName: own } = command;
  const whose =
    other.plugin === id
      ? `twice that of the plugin "${id}"`
      : `that of the plugin "${other.plugin}" and of "${id}"`;
  const rename =
    name === command.name
      ? `${own}: { name: ${own}2 }`
      : `${own}: { aliases: [${command.aliases.filter((alias) => alias !== name).join(', ')}] }`;
  const stays =
    other.plugin === id
      ? ''
      : `; it stays with "${other.plugin}", which stands first in plugins.yaml`;
  return new CommandError('COMMAND_NAME_TAKEN', `The command "${name}" is ${whose}${stays}.`, {
    hint: `Rename one in plugins.yaml, in the entry of "${id}":\n    commands:\n      ${rename}`,
  });
}
