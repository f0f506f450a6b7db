const ids: Readonly<Record<string, string>> = {
  Kappa: '25',
  PogChamp: '305954156',
  LUL: '425618',
  HeyGuys: '30259',
  BibleThump: '86',
  NotLikeThis: '58765',
};

/** The `emotes` tag of a text, such as `25:0-4,6-10`; offsets count code points. */
export function emotesTag(text: string): string {
  const places = new Map<string, string[]>();
  let offset = 0;
  for (const word of text.split(' ')) {
    const length = [...word].length;
    // A word such as "constructor" is one that every object has.
    const id = Object.hasOwn(ids, word) ? ids[word] : undefined;
    if (id !== undefined) {
      places.set(id, [...(places.get(id) ?? []), `${offset}-${offset + length - 1}`]);
    }
    offset += length + 1;
  }
  return [...places].map(([id, ranges]) => `${id}:${ranges.join(',')}`).join('/');
}
