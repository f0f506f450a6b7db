import type { RegisteredCommand } from '../commands/command-registry.js';
import type { CommandInfo } from '../contracts/command.js';

/** A command as the owner sees it, without its handler. */
export function toCommandInfo(command: RegisteredCommand): CommandInfo {
  const { name, ownName, aliases, usage, about, allow, cooldown, plugin, enabled } = command;
  return { name, ownName, aliases, usage, about, allow, cooldown, plugin, enabled };
}
