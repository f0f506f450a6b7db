/** Line breaks and tabs, which would end or spoil an IRC line. */
const breaks = /[\r\n\t\v\f\u0085\u2028\u2029]+/g;
/** Other control characters: NUL, the mark of /me, … */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must go
const controls = /[\u0000-\u001f\u007f-\u009f]/g;
/** Halves of a surrogate pair whose other half is missing; they cannot be sent as UTF-8. */
const loneSurrogates = /\p{Surrogate}/gu;

/**
 * Makes a text safe for one IRC line: line breaks become spaces, other control characters go.
 * @returns an empty text when nothing is left
 */
export function sanitiseText(text: string): string {
  if (isPlain(text)) return text.trim();
  return text.replace(breaks, ' ').replace(controls, '').replace(loneSurrogates, '\ufffd').trim();
}

/** Whether it is nothing but printable ASCII, as most texts are. */
function isPlain(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x20 || code > 0x7e) return false;
  }
  return true;
}

/** What a text must not begin with. */
const commandMarks = ['/', '.', '\\'];

/** Does not show; Twitch takes the text behind it as text. */
const shield = '\u200b';

/**
 * Makes a text that Twitch would run as a command, such as `/ban x` or `.ban x`, an ordinary one.
 */
export function shieldCommand(text: string): string {
  return commandMarks.includes(text.charAt(0)) ? shield + text : text;
}

/**
 * Splits a text into parts of at most `limit` characters (code points), at spaces where there are
 * any, and never through a character that is composed of several code points.
 */
export function splitText(text: string, limit: number): readonly string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (isLonger(rest, limit)) {
    const at = cutAt(rest, limit);
    parts.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at).trimStart();
  }
  if (rest !== '') parts.push(rest);
  return parts.filter((part) => part !== '');
}

/** Whether a text has more than `limit` code points, which are never more than its UTF-16 units. */
export function isLonger(text: string, limit: number): boolean {
  return text.length > limit && lengthOf(text) > limit;
}

/** Number of code points. */
export function lengthOf(text: string): number {
  let length = text.length;
  for (let index = 0; index < text.length; index++) {
    if (isHighSurrogate(text.charCodeAt(index))) length--;
  }
  return length;
}

/** Index at which the first part ends. */
function cutAt(text: string, limit: number): number {
  const window = indexOfPoint(text, limit);
  // A space right behind the window still lets the whole window stand.
  const space = text.lastIndexOf(' ', window);
  if (space > 0) return space;
  return graphemeStart(text, window) || window;
}

/** Index in UTF-16 units of the code point number `count`. */
function indexOfPoint(text: string, count: number): number {
  let index = 0;
  for (let point = 0; point < count; point++) {
    index += isHighSurrogate(text.charCodeAt(index)) ? 2 : 1;
  }
  return index;
}

/** Start of the composed character that stands at `index`; 0 when it begins the text. */
function graphemeStart(text: string, index: number): number {
  const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter.segment(text).containing(index)?.index ?? index;
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
