/** A piece of a line of chat: an emote by its name, or what stands between. */
export interface TextPart {
  readonly text: string;
  readonly isEmote: boolean;
}

/**
 * Cuts a text at its emotes.
 * @param places index of the first character of each emote, and behind its last; in their order
 */
export function textParts(
  text: string,
  places: readonly (readonly [start: number, end: number])[] = [],
): readonly TextPart[] {
  const parts: TextPart[] = [];
  let done = 0;
  for (const [start, end] of places) {
    parts.push({ text: text.slice(done, start), isEmote: false });
    parts.push({ text: text.slice(start, end), isEmote: true });
    done = end;
  }
  parts.push({ text: text.slice(done), isEmote: false });
  return parts.filter((part) => part.text !== '');
}
