/** The tags of an IRC line, read one at a time. */
export interface IrcTags {
  /**
   * The value of a tag, unescaped.
   * @returns undefined when the line does not bear it; an empty text when it has no value
   */
  get(name: string): string | undefined;
}

const semicolon = 59;
const equals = 61;
const space = 32;

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
        if (after === equals) return unescapeTag(this.valueFrom(valueAt + 1));
        if (after === semicolon || after === space) return '';
      }
      at = line.indexOf(name, valueAt);
    }
    return undefined;
  }

  private valueFrom(start: number): string {
    const stop = this.line.indexOf(';', start);
    return this.line.slice(start, stop === -1 || stop > this.end ? this.end : stop);
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
