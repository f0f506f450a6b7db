import type { ChatEmote } from '@pertybot/core/host';

/** A line of chat has 500 characters, and so no more emotes. */
const mostEmotes = 250;

/**
 * Reads Twitch's list of emotes, such as `25:0-4,12-16/1902:6-10`, whose places count code points.
 * @see https://dev.twitch.tv/docs/chat/irc/#privmsg-tags
 * @returns the emotes as they stand in `text`; undefined where there are none
 */
export function parseEmotes(
  list: string | undefined,
  text: string,
): readonly ChatEmote[] | undefined {
  if (!list) return undefined;
  const indexes = indexesOf(text);
  const emotes = list
    .split('/', mostEmotes)
    .flatMap((each) => placesOf(each, indexes))
    .sort((one, other) => one.start - other.start)
    .filter(({ start }, index, all) => start >= (all[index - 1]?.end ?? 0))
    .slice(0, mostEmotes);
  return emotes.length > 0 ? emotes : undefined;
}

/** Index of each code point in the text, and of its end. */
function indexesOf(text: string): readonly number[] {
  const indexes: number[] = [];
  let index = 0;
  for (const character of text) {
    indexes.push(index);
    index += character.length;
  }
  return [...indexes, index];
}

/** What lies outside the text is left out: nobody may cut where nothing is. */
function placesOf(emote: string, indexes: readonly number[]): readonly ChatEmote[] {
  const colon = emote.indexOf(':');
  const id = emote.slice(0, colon);
  if (colon < 1) return [];
  return emote
    .slice(colon + 1)
    .split(',', mostEmotes)
    .flatMap((place) => {
      const [, first, last] = /^(\d{1,4})-(\d{1,4})$/.exec(place) ?? [];
      const start = indexes[Number(first)];
      const end = indexes[Number(last) + 1];
      return start !== undefined && end !== undefined && start < end ? [{ id, start, end }] : [];
    });
}
