const semicolon = 59;
const equals = 61;

/** The tags of an IRC line, searched only when somebody asks for one. */
export class IrcTags {
  /** @param tags what stands between the `@` of a line and the space behind its tags */
  constructor(private readonly tags: string) {}

  /**
   * The value of a tag, unescaped.
   * @returns undefined when the line does not bear it; an empty text when it has no value
   */
  get(name: string): string | undefined {
    const { tags } = this;
    let at = tags.indexOf(name);
    while (at !== -1) {
      const end = at + name.length;
      if (at === 0 || tags.charCodeAt(at - 1) === semicolon) {
        const after = tags.charCodeAt(end);
        if (after === equals) return this.valueFrom(end + 1);
        if (after === semicolon || end === tags.length) return '';
      }
      at = tags.indexOf(name, end);
    }
    return undefined;
  }

  private valueFrom(start: number): string {
    const stop = this.tags.indexOf(';', start);
    return unescapeTag(this.tags.slice(start, stop === -1 ? undefined : stop));
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

/** Reads Twitch's list of badges, such as `moderator/1,subscriber/12`. */
export function parseBadges(list: string): Readonly<Record<string, string>> {
  if (list === '') return {};
  return Object.fromEntries(
    list.split(',').map((badge) => {
      const slash = badge.indexOf('/');
      return slash === -1 ? [badge, ''] : [badge.slice(0, slash), badge.slice(slash + 1)];
    }),
  );
}
