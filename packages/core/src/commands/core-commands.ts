import type { CommandContext } from '../contracts/command.js';
import type { Undo } from '../contracts/consumer.js';
import type { OwnerStop } from '../contracts/emergency-stop.js';
import type { Logger } from '../contracts/logger.js';
import { type Replies, sayPlainly } from '../contracts/replies.js';
import { isAllowed, type KnownUsers } from './allow.js';
import type { CommandOwner, CommandRegistry, RegisteredCommand } from './command-registry.js';
import { defaultReplies } from './replies.js';

/** Characters of a list of commands, so that it stays one message; Twitch takes 500. */
const longestList = 400;

/** Whoever asks again and again is not answered again and again. */
const cooldown = { user: '10s', everyone: '3s' } as const;

/** What `!help` stands on. */
interface HelpOptions {
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
    return options.replies().text('help', { commands: joinShort(names) });
  };
  const detailsOf = (asked: string, usable: readonly RegisteredCommand[]) => {
    const prefix = options.prefix();
    const name = (asked.startsWith(prefix) ? asked.slice(prefix.length) : asked).toLowerCase();
    const command = usable.find((each) => each.name === name || each.aliases.includes(name));
    // What the viewer wrote is not said again by a bot whose links pass.
    if (!command) return options.replies().text('helpUnknown', { command: `${prefix}…` });
    const usage = prefix + command.usage;
    const example = prefix + command.example;
    const about = aboutOf(command) || { reply: 'helpExample', values: { example } };
    const text = options.replies().text('helpCommand', { usage, about });
    return text === undefined || text.length <= longestList
      ? text
      : `${text.slice(0, longestList).trimEnd()} …`;
  };
  const aboutOf = ({ name, about, owner: { id } }: RegisteredCommand) =>
    id === owner.id ? { reply: `about.${name}` } : about;
  const about = sayPlainly(defaultReplies, 'about.help');
  return options.commands.add(
    owner,
    'help [command...]',
    { about, cooldown, onCooldown: 'silent' },
    handler,
  );
}

/** As many of the names as fit, and how many more there are. */
function joinShort(names: readonly string[]): string {
  const shown: string[] = [];
  let length = 0;
  for (const name of names) {
    length += name.length + 1;
    if (length > longestList && shown.length > 0) break;
    shown.push(name);
  }
  const more = names.length - shown.length;
  return more === 0 ? shown.join(' ') : `${shown.join(' ')} … +${more}`;
}

/** What `!estop` and `!stop` stand on. */
interface StopCommandsOptions {
  readonly commands: CommandRegistry;
  readonly stop: OwnerStop;
  readonly replies: () => Replies;
}

/** Adds `!estop` and `!stop`. They are there in every bot at any time, and shown where there is something to stop. */
export function addStopCommands(
  log: Logger,
  { commands, stop, replies }: StopCommandsOptions,
): void {
  const { signal } = new AbortController();
  const isListed = () => stop.hasOutputs;
  const owner: CommandOwner = { id: 'core', log, signal, tuning: {}, isCore: true, isListed };
  const options = { allow: 'moderator', urgent: true } as const;
  const answer = (key: string, { user, reply }: CommandContext) => {
    const text = replies().text(key, { user: user.displayName });
    return text === undefined ? undefined : reply(text);
  };
  commands.add(
    owner,
    'estop',
    { ...options, about: sayPlainly(defaultReplies, 'about.estop') },
    (context) => {
      stop.engage(`@${context.user.login} in chat`);
      return answer('estopDone', context);
    },
  );
  commands.add(
    owner,
    'stop',
    { ...options, about: sayPlainly(defaultReplies, 'about.stop') },
    (context) => {
      stop.end();
      return answer('stopDone', context);
    },
  );
}
