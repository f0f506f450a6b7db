/** The number that the only word is, if it lies between 1 and `most`. */
export function numberIn(words: readonly string[], most: number): number | undefined {
  const [word = ''] = words;
  const number = /^\d{1,9}$/.test(word) ? Number(word) : 0;
  return words.length === 1 && number >= 1 && number <= most ? number : undefined;
}

/** The login that the only word is. Names of digits alone are taken for numbers. */
export function viewerIn(words: readonly string[]): string | undefined {
  const login = /^@?([a-z0-9_]{1,25})$/i.exec(words[0] ?? '')?.[1]?.toLowerCase();
  return words.length === 1 && login !== undefined && /\D/.test(login) ? login : undefined;
}
