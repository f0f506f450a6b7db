import type { Command, Interfaces } from '@oclif/core';

/** What may be written at some place of a command line. */
export interface Offer {
  readonly name: string;
  readonly about: string;
}

/** A flag, as a shell offers it. */
export interface FlagOffer extends Offer {
  /** One letter. */
  readonly char: string | undefined;
  /** What it takes: nothing, a folder, one of these words, or something else. */
  readonly value: 'none' | 'folder' | 'any' | readonly string[];
}

/** What goes on behind some words of a command line. */
export interface Place {
  /** The words, such as `plugins add`; empty at the beginning. */
  readonly path: string;
  readonly words: readonly Offer[];
  readonly flags: readonly FlagOffer[];
  /** Whether a file may stand there. */
  readonly takesFiles: boolean;
}

/** Every place of the command line, from the commands that there are. */
export function placesOf(config: Interfaces.Config): readonly Place[] {
  const commands = config.commands
    .filter(({ hidden }) => hidden !== true)
    .map((command) => ({ path: command.id.replaceAll(':', ' '), command }));
  const topics = config.topics.map(({ name, description = '' }) => ({
    path: name.replaceAll(':', ' '),
    about: description,
  }));
  const paths = [...new Set(['', ...[...commands, ...topics].map(({ path }) => path)])].sort();
  const aboutOf = (path: string) =>
    commands.find((each) => each.path === path)?.command.summary ??
    topics.find((each) => each.path === path)?.about ??
    '';
  const wordsBehind = (path: string) =>
    paths
      .filter((each) => each !== '' && parentOf(each) === path)
      .map((each) => ({
        name: each.slice(path === '' ? 0 : path.length + 1),
        about: aboutOf(each),
      }));
  return paths.map((path) => {
    const command = commands.find((each) => each.path === path)?.command;
    return {
      path,
      words: [...wordsBehind(path === 'help' ? '' : path), ...choicesOf(command)],
      flags: [...flagsOf(command), { name: 'help', about: 'Show help.', char: 'h', value: 'none' }],
      takesFiles: Object.keys(command?.args ?? {}).some((name) => fileArguments.has(name)),
    };
  });
}

/** Arguments that are files or folders. */
const fileArguments = new Set(['file', 'folder', 'plugin', 'plugins', 'target']);

function parentOf(path: string): string {
  return path.split(' ').slice(0, -1).join(' ');
}

function choicesOf(command: Command.Loadable | undefined): readonly Offer[] {
  const [first] = Object.values(command?.args ?? {});
  return (first?.options ?? []).map((name) => ({ name, about: '' }));
}

function flagsOf(command: Command.Loadable | undefined): readonly FlagOffer[] {
  return Object.entries(command?.flags ?? {}).flatMap(([name, flag]): FlagOffer[] => {
    if (flag.hidden === true) return [];
    const about = flag.summary ?? flag.description ?? '';
    if (flag.type === 'option') {
      const value = name === 'dir' ? 'folder' : (flag.options ?? 'any');
      return [{ name, about, char: flag.char, value }];
    }
    const plain: FlagOffer = { name, about, char: flag.char, value: 'none' };
    if (flag.allowNo !== true) return [plain];
    return [plain, { name: `no-${name}`, about: `Not: ${about}`, char: undefined, value: 'none' }];
  });
}

/** The names of all flags that take a value, with their dashes. */
export function valueFlags(places: readonly Place[]): readonly string[] {
  const names = places.flatMap(({ flags }) =>
    flags.flatMap(({ name, char, value }) => {
      if (value === 'none') return [];
      return char === undefined ? [`--${name}`] : [`--${name}`, `-${char}`];
    }),
  );
  return [...new Set(names)].sort();
}

/** The values of each flag that takes one of some words, by its name with dashes. */
export function flagValues(places: readonly Place[]): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, readonly string[]>();
  for (const { name, value } of places.flatMap(({ flags }) => flags)) {
    if (typeof value === 'string') continue;
    const flag = `--${name}`;
    values.set(flag, [...new Set([...(values.get(flag) ?? []), ...value])]);
  }
  return values;
}

/** A text in single quotes, as bash and zsh read it. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** A text as one line without what a shell could take for more. */
export function line(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('`', '').trim();
}
