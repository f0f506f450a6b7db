import { stripVTControlCharacters } from 'node:util';

let segmenter: Intl.Segmenter | undefined;
/** What a reader takes for one letter. Made late: it reads tables that a bot without a terminal does not need. */
const graphemesOf = (text: string) => {
  segmenter ??= new Intl.Segmenter();
  return segmenter.segment(text);
};
const wide =
  /\p{Emoji_Presentation}|\ufe0f|[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]/u;

/** How many columns of a terminal `text` takes; colours take none. */
export function textWidth(text: string): number {
  const plain = stripVTControlCharacters(text);
  // Most text is ASCII, where a character is a column.
  if (/^[\x20-\x7e]*$/.test(plain)) return plain.length;
  let width = 0;
  for (const { segment } of graphemesOf(plain)) width += wide.test(segment) ? 2 : 1;
  return width;
}

/**
 * Joins `items` with `separator` into as few lines of at most `columns` as it takes. An item that is
 * wider than a line gets one of its own.
 */
export function flow(items: readonly string[], separator: string, columns: number): string[] {
  const lines: string[] = [];
  for (const item of items) {
    const line = lines.at(-1);
    const joined = line === undefined ? item : `${line}${separator}${item}`;
    if (line === undefined || textWidth(joined) > columns) lines.push(item);
    else lines[lines.length - 1] = joined;
  }
  return lines;
}

/**
 * Breaks a line between words, so that a terminal does not break it within one.
 * @param columns of the terminal; undefined, as for what is no terminal, leaves it whole, and so does 0,
 * which a serial console says that it has
 * @param indent columns before it, which the lines that follow get as spaces
 */
export function wrap(text: string, columns: number | undefined, indent: number): string {
  if (columns === undefined || columns <= 0) return text;
  return flow(text.split(' '), ' ', columns - indent).join(`\n${' '.repeat(indent)}`);
}

const introducer = '\\u001b';
const escapeSequences = new RegExp(
  [
    // Operating system commands, such as a new window title, up to their end or the text's.
    `(?:${introducer}\\]|\\u009d)[^\\u0007\\u001b\\u009c]*(?:\\u0007|${introducer}\\\\|\\u009c|$)`,
    // Device control and other strings.
    `(?:${introducer}[PX^_]|[\\u0090\\u0098\\u009e\\u009f])[^\\u001b\\u009c]*(?:${introducer}\\\\|\\u009c|$)`,
    // Control sequences: colours, cursor moves, erasing.
    `(?:${introducer}\\[|\\u009b)[0-?]*[ -/]*[@-~]?`,
    `${introducer}[ -/]*[0-~]?`,
  ].join('|'),
  'g',
);
const whitespace = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
const controls = /\p{Cc}/gu;
// They turn the reading direction around, so that a line shows something else than it holds.
const directions = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g;

/**
 * Text of others as a terminal may show it: one line, without escape sequences, control characters
 * and marks that reverse the reading direction.
 */
export function toPlainText(text: string): string {
  return text
    .replace(escapeSequences, '')
    .replace(whitespace, ' ')
    .replace(controls, '')
    .replace(directions, '');
}

/** A report of which every text is as {@link toPlainText} shows it, however deep it lies: names of others, too. */
export function withPlainTexts<Value>(value: Value): Value {
  // The same shape comes out: nothing but the letters of its texts changes.
  return toPlain(value) as Value;
}

function toPlain(value: unknown): unknown {
  if (typeof value === 'string') return toPlainText(value);
  if (Array.isArray(value)) return value.map(toPlain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, toPlain(each)]));
}

/** Text of others that may have several lines, each as {@link toPlainText} shows it. */
export function toPlainLines(text: string): string {
  return text.split('\n').map(toPlainText).join('\n');
}
