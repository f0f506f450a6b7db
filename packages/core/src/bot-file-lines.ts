/** Where the line of `offset` begins. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the line of `offset` ends, before its line break. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}

/** Puts `indent` before every line of a block, without the line break at its end. */
export function indentBlock(block: string, indent: string): string {
  const lines = block.trimEnd().split('\n');
  return lines.map((line) => (line === '' ? '' : indent + line)).join('\n');
}

/** Inserts lines below the line in which the content that ends at `offset` stands. */
export function insertAfterLine(text: string, offset: number, lines: string): string {
  // A block scalar ends behind its line break.
  const end = lineEnd(text, text[offset - 1] === '\n' ? offset - 1 : offset);
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const written = lines.replaceAll('\n', lineBreak);
  const before = text.slice(0, end).replace(/\r$/, '');
  return `${before}${lineBreak}${written}${text.slice(before.length) || lineBreak}`;
}

/**
 * Cuts the entry whose content stands from `start` to `end`, with the comment lines right above it, those
 * below that are indented deeper than its dash, and the blank line that set it apart.
 */
export function cutEntry(text: string, start: number, end: number): string {
  const indent = /^ */.exec(text.slice(lineStart(text, start)))?.[0].length ?? 0;
  let from = lineStart(text, start);
  for (;;) {
    const above = lineStart(text, from - 1);
    if (from === 0 || !/^\s*#/.test(text.slice(above, from))) break;
    from = above;
  }
  let to = nextLine(text, text[end - 1] === '\n' ? end - 1 : end);
  for (;;) {
    const line = text.slice(to, lineEnd(text, to));
    const deeper = /^ *(?=#)/.exec(line)?.[0].length ?? -1;
    if (deeper <= indent) break;
    to = nextLine(text, to);
  }
  const above = lineStart(text, from - 1);
  const before = text.slice(above, from).trim();
  if (to >= text.length) return text.slice(0, before === '' ? above : from);
  const apart = before === '' || before.endsWith(':');
  const blank = apart && text.slice(to, lineEnd(text, to)).trim() === '';
  return text.slice(0, from) + text.slice(blank ? nextLine(text, to) : to);
}

function nextLine(text: string, offset: number): number {
  return Math.min(text.length, lineEnd(text, offset) + 1);
}
