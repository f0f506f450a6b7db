/** What nobody sees: formats such as the zero-width space, joiners and the fillers of chat clients. */
const invisible = /\p{Cf}|\u034f|[\ufe00-\ufe0f]|\u{e0000}/gu;

const letter = /[\p{L}\p{N}]/u;

/** A text as it is meant, however it is shown: without what is invisible, wide letters as ordinary ones. */
export function plainText(text: string): string {
  return text.normalize('NFKC').replace(invisible, '');
}

/** A word as it is meant, in lower case and without the signs behind it: `ＯＦＦ!!!` is `off`. */
export function plainWord(word: string): string {
  if (isPlain(word)) return word;
  const text = plainText(word).toLowerCase();
  let end = text.length;
  while (end > 0 && !letter.test(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/** Whether a word consists of what nearly all commands do: a to z and digits. */
function isPlain(word: string): boolean {
  for (let index = 0; index < word.length; index++) {
    const code = word.charCodeAt(index);
    if (code < 48 || code > 122 || (code > 57 && code < 97)) return false;
  }
  return true;
}

/** How far the wide forms of ASCII are from it. */
const wide = 0xfee0;

/** Whether what stands at `index` may be the prefix in another form: wide, or behind what is invisible. */
export function mayBePrefix(text: string, index: number, prefix: string): boolean {
  const code = text.charCodeAt(index);
  if (Math.abs(code - prefix.charCodeAt(0)) === wide) return true;
  return code > 0x7e && isInvisible(code);
}

/** By number, as each line of chat is asked; the last one begins the pairs of the fillers. */
function isInvisible(code: number): boolean {
  return (code >= 0x200b && code <= 0x206f) || invisibles.has(code);
}

const invisibles: ReadonlySet<number> = new Set([0xad, 0x34f, 0x61c, 0x180e, 0xfeff, 0xdb40]);
