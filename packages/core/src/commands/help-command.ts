import type { CommandContext } from '../contracts/command.js';
import type { Logger } from '../contracts/logger.js';
import type { Undo } from '../contracts/undo.js';
import { isAllowed, type KnownUsers } from './allow.js';
import type { CommandOwner, CommandRegistry, RegisteredCommand } from './command-registry.js';
import type { Replies } from './replies.js';

/** What `!help` stands on. */
export interface HelpOptions {
  readonly commands: CommandRegistry;
  readonly known: KnownUsers;
  readonly prefix: () => string;
  readonly replies: () => Replies;
}

/** Adds `!help`, which lists what the asker may use. A plugin's own `help` takes its place. */
export function addHelpCommand(log: Logger, options: HelpOptions): Undo {
  const { signal } = new AbortController();
  const owner: CommandOwner = { id: 'core', log, signal, tuning: {}, yields: true };
  const handler = ({ args, user, reply }: CommandContext<{ readonly command?: string }>) => {
    const usable = options.commands.all.filter(
      (command) => command.enabled && isAllowed(user, command.allow, options.known),
    );
    const text = args.command === undefined ? listOf(usable) : detailsOf(args.command, usable);
    return text === undefined ? undefined : reply(text);
  };
  const listOf = (usable: readonly RegisteredCommand[]) => {
    const names = usable
      .filter((command) => command.owner !== owner)
      .map(({ name }) => options.prefix() + name);
    if (names.length === 0) return options.replies().text('helpNone', {});
    return options.replies().text('help', { commands: names.join(' ') });
  };
  const detailsOf = (asked: string, usable: readonly RegisteredCommand[]) => {
    const prefix = options.prefix();
    const name = (asked.startsWith(prefix) ? asked.slice(prefix.length) : asked).toLowerCase();
    const command = usable.find((each) => each.name === name || each.aliases.includes(name));
    if (!command) return options.replies().text('helpUnknown', { command: prefix + name });
    const usage = prefix + command.usage;
    const about = command.about || `for example ${prefix}${command.example}`;
    return options.replies().text('helpCommand', { usage, about });
  };
  const about = 'Lists the commands, or explains one';
  return options.commands.add(owner, 'help [command]', { about }, handler);
}
