/** A cheermote such as `Cheer100`: a name, and how many bits it cheers. */
const form = /^[A-Za-z]+(\d{1,7})$/;

/** How many words are tried in every combination. */
const mostTried = 10;

/** The bits that the words of `text` would cheer, were each of the form of a cheermote one. */
export function bitsIn(text: string): number {
  return text.split(/\s+/).reduce((sum, word) => sum + bitsOf(word), 0);
}

/**
 * Takes cheermotes out of a text. Their names are each channel's own, so that `led1` looks like one: they are
 * the words whose bits add up to what was cheered, the last ones where that is not clear.
 * @param bits that were cheered in the text
 */
export function takeCheermotesOut(text: string, bits: number): string {
  if (bits <= 0) return text;
  // Odd places hold the spaces between the words, which stay as they are.
  const pieces = text.split(/(\s+)/);
  const places = [...pieces.keys()].filter((place) => bitsOf(pieces[place] ?? '') > 0);
  const amounts = places.map((place) => bitsOf(pieces[place] ?? ''));
  const chosen = choose(amounts, bits);
  const cheermotes = new Set(places.filter((_, index) => chosen?.has(index)));
  return pieces.filter((_, place) => !cheermotes.has(place) && !cheermotes.has(place + 1)).join('');
}

/** Which of `amounts` add up to `sum`: all, or the last of them that do. */
function choose(amounts: readonly number[], sum: number): ReadonlySet<number> | undefined {
  const all = amounts.map((_, index) => index);
  if (amounts.reduce((total, amount) => total + amount, 0) === sum) return new Set(all);
  const tried = all.slice(-mostTried);
  for (let mask = 2 ** tried.length - 1; mask > 0; mask--) {
    const taken = tried.filter((_, bit) => (mask >> bit) & 1);
    if (taken.reduce((total, index) => total + (amounts[index] ?? 0), 0) === sum) {
      return new Set(taken);
    }
  }
  return undefined;
}

function bitsOf(word: string): number {
  return Number(form.exec(word)?.[1] ?? 0);
}
