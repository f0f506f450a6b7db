import { type NotableTags, notableNames } from './notable-tags.js';

/** The tags of an IRC line, read one at a time. */
export interface IrcTags {
  /**
   * The value of a tag, unescaped.
   * @returns undefined when the line does not bear it; an empty text when it has no value
   */
  get(name: string): string | undefined;
  /** The tags that every message is judged by, read in one go. */
  notable(): NotableTags;
}

const semicolon = 59;
const equals = 61;
const space = 32;

/** Names of {@link notableNames} by their first character, each with the `=` behind it. */
const byInitial: readonly (readonly string[] | undefined)[] = notableNames.reduce<string[][]>(
  (lists, name) => {
    const initial = name.charCodeAt(0);
    lists[initial] = [...(lists[initial] ?? []), `${name}=`];
    return lists;
  },
  [],
);

/** Tags of a raw line, searched only when somebody asks. */
export class RawTags implements IrcTags {
  /**
   * @param line a line that begins with `@`
   * @param end index of the space behind the tags
   */
  constructor(
    private readonly line: string,
    private readonly end: number,
  ) {}

  get(name: string): string | undefined {
    const { line, end } = this;
    let at = line.indexOf(name, 1);
    while (at !== -1 && at < end) {
      const before = line.charCodeAt(at - 1);
      const valueAt = at + name.length;
      // The first tag stands behind "@" at index 0, the others behind a semicolon.
      if (at === 1 || before === semicolon) {
        const after = line.charCodeAt(valueAt);
        if (after === equals) return this.valueFrom(valueAt + 1);
        if (after === semicolon || after === space) return '';
      }
      at = line.indexOf(name, valueAt);
    }
    return undefined;
  }

  notable(): NotableTags {
    const { line, end } = this;
    const found: Record<string, string> = {};
    // Begins at the "@", which stands before the first tag as a semicolon does before the others.
    for (let at = 0; at !== -1 && at < end; at = line.indexOf(';', at + 1)) {
      const names = byInitial[line.charCodeAt(at + 1)];
      if (names === undefined) continue;
      for (const name of names) {
        if (!line.startsWith(name, at + 1)) continue;
        found[name.slice(0, -1)] = this.valueFrom(at + 1 + name.length);
      }
    }
    return found;
  }

  private valueFrom(start: number): string {
    const stop = this.line.indexOf(';', start);
    const raw = this.line.slice(start, stop === -1 || stop > this.end ? this.end : stop);
    return unescapeTag(raw);
  }
}

const escapes: Readonly<Record<string, string>> = {
  ':': ';',
  s: ' ',
  '\\': '\\',
  r: '\r',
  n: '\n',
};

/** Undoes the escaping of a tag's value (https://ircv3.net/specs/extensions/message-tags). */
export function unescapeTag(value: string): string {
  if (!value.includes('\\')) return value;
  return value.replace(/\\(.?)/gs, (_, escaped: string) => escapes[escaped] ?? escaped);
}
