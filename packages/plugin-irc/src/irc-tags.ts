import { type NotableTags, noNotableTags, notableNames } from './notable-tags.js';

/** The tags of an IRC line, read one at a time. */
export interface IrcTags {
  /**
   * The value of a tag, unescaped.
   * @returns undefined when the line does not bear it; an empty text when it has no value
   */
  get(name: string): string | undefined;
  /** The tags that every message is judged by, read in one go. */
  notable(): Readonly<NotableTags>;
}

const semicolon = 59;
const equals = 61;

/** The names of {@link notableNames} by their {@link beginningAt}, each with the `=` behind it. */
const byBeginning: readonly (readonly NotableName[] | undefined)[] = notableNames.reduce<
  NotableName[][]
>((lists, name) => {
  const beginning = beginningAt(name, 0);
  lists[beginning] = [...(lists[beginning] ?? []), { name, start: `${name}=` }];
  return lists;
}, []);

interface NotableName {
  readonly name: keyof NotableTags;
  readonly start: string;
}

/** A small number for the first two letters of a name, which hardly another tag shares. */
function beginningAt(text: string, index: number): number {
  return ((text.charCodeAt(index) & 31) << 5) | (text.charCodeAt(index + 1) & 31);
}

/** Tags of a raw line, searched only when somebody asks. */
export class RawTags implements IrcTags {
  /**
   * @param frame what holds the line
   * @param end index of the space behind the tags
   * @param start index of the `@` before them @default 0
   */
  constructor(
    private readonly frame: string,
    private readonly end: number,
    private readonly start: number = 0,
  ) {}

  get(name: string): string | undefined {
    const { frame, start, end } = this;
    // Cut out, so that a tag that is not there is not looked for in all lines of the frame.
    const tags = frame.slice(start, end);
    let at = tags.indexOf(name, 1);
    while (at !== -1) {
      const valueAt = at + name.length;
      // The first tag stands behind the "@", the others behind a semicolon.
      if (at === 1 || tags.charCodeAt(at - 1) === semicolon) {
        const after = tags.charCodeAt(valueAt);
        if (after === equals) return this.valueFrom(start + valueAt + 1);
        if (after === semicolon || valueAt === tags.length) return '';
      }
      at = tags.indexOf(name, valueAt);
    }
    return undefined;
  }

  notable(): NotableTags {
    const { frame, start: first, end } = this;
    const found = noNotableTags();
    // Begins at the "@", which stands before the first tag as a semicolon does before the others.
    for (let at = first; at !== -1 && at < end; at = frame.indexOf(';', at + 1)) {
      const names = byBeginning[beginningAt(frame, at + 1)];
      if (names === undefined) continue;
      for (const { name, start } of names) {
        if (frame.startsWith(start, at + 1)) found[name] = this.valueFrom(at + 1 + start.length);
      }
    }
    return found;
  }

  private valueFrom(start: number): string {
    const stop = this.frame.indexOf(';', start);
    const raw = this.frame.slice(start, stop === -1 || stop > this.end ? this.end : stop);
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
