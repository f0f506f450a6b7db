/** The tags of a line, unescaped; a value that is undefined leaves its tag out. */
export type Tags = Readonly<Record<string, string | undefined>>;

/** A line of IRC in parts. */
export interface IrcLine {
  readonly tags?: Tags;
  /** Who speaks, without the colon. @default 'tmi.twitch.tv' when written */
  readonly prefix?: string;
  readonly command: string;
  /** What stands between the command and the text. */
  readonly parameters?: readonly string[];
  /** What follows the last colon. */
  readonly text?: string | undefined;
}

/** The prefix of the server's own lines; clients compare it letter for letter. */
export const serverPrefix = 'tmi.twitch.tv';

/** Writes a line without its CR LF; tags are sorted by name as Twitch sorts them. */
export function formatLine(line: IrcLine, withTags = true): string {
  const tags = withTags && line.tags !== undefined ? formatTags(line.tags) : '';
  const words = [`:${line.prefix ?? serverPrefix}`, line.command, ...(line.parameters ?? [])];
  // What somebody wrote over the API may have ends of lines; in chat it is one line all the same.
  const text = line.text === undefined ? '' : ` :${line.text.replace(/[\r\n]+/g, ' ')}`;
  return `${tags === '' ? '' : `@${tags} `}${words.join(' ')}${text}`;
}

/** Reads a line that a client sent; nothing if it is empty. */
export function parseLine(raw: string): IrcLine | undefined {
  // Spaces alone part it: a tab, or a space of another script, is a letter of a name as any other.
  const match = /^(?:@([^ ]*) +)?(?::([^ ]+) +)?([^ ]+)(?: +(.*))?$/s.exec(raw);
  const command = match?.[3];
  if (match === null || command === undefined) return undefined;
  const rest = match[4] ?? '';
  const colon = rest.startsWith(':') ? 0 : rest.indexOf(' :');
  const middle = colon === -1 ? rest : rest.slice(0, colon);
  const text = colon === -1 ? undefined : rest.slice(colon).replace(/^ ?:/, '');
  return {
    tags: parseTags(match[1] ?? ''),
    ...(match[2] === undefined ? {} : { prefix: match[2] }),
    command: command.toUpperCase(),
    parameters: middle.split(' ').filter((word) => word !== ''),
    text,
  };
}

function formatTags(tags: Tags): string {
  return Object.entries(tags)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${escapeTag(value)}`]))
    .join(';');
}

function parseTags(text: string): Tags {
  const tags: Record<string, string> = {};
  for (const pair of text.split(';')) {
    const [name = '', ...value] = pair.split('=');
    if (name !== '') tags[name] = unescapeTag(value.join('='));
  }
  return tags;
}

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  ';': '\\:',
  ' ': '\\s',
  '\r': '\\r',
  '\n': '\\n',
};
const unescapes: Readonly<Record<string, string>> = {
  '\\': '\\',
  ':': ';',
  s: ' ',
  r: '\r',
  n: '\n',
};

/** A tag's value as IRCv3 wants it written. */
export function escapeTag(value: string): string {
  return value.replace(/[\\; \r\n]/g, (character) => escapes[character] ?? character);
}

function unescapeTag(value: string): string {
  return value.replace(/\\(.?)/gs, (_, character: string) => unescapes[character] ?? character);
}
