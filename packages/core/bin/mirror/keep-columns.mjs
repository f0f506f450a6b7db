import { parse } from 'sucrase/dist/parser/index.js';
import { TokenType } from 'sucrase/dist/parser/tokenizer/types.js';
import { TracedText } from './traced-text.mjs';

/**
 * Puts blanks where types were taken out, so that what is left stands where it stood; the compiler keeps lines
 * alone. Blanks go before whole tokens only, never into a text in quotes.
 * @param source what was written
 * @param code what the compiler made of it
 */
export function keepColumns(source, code) {
  const written = tokensByLine(source, true);
  const left = tokensByLine(code, false);
  const segments = [];
  const lines = code.split('\n').map((line, at) => {
    const candidates = written[at] ?? [];
    const columns = [[0, 0, at, 0]];
    let next = 0;
    let padded = '';
    let taken = 0;
    for (const { column, words } of left[at] ?? []) {
      const found = candidates.findIndex((token, index) => index >= next && token.words === words);
      if (found === -1) continue;
      next = found + 1;
      padded = (padded + line.slice(taken, column)).padEnd(candidates[found].column);
      taken = column;
      columns.push([padded.length, 0, at, candidates[found].column]);
    }
    segments.push(columns);
    return padded + line.slice(taken);
  });
  return new TracedText(lines, segments);
}

/** The tokens that begin on each line and are no types. */
function tokensByLine(text, isTypeScript) {
  const lines = [[]];
  let line = 0;
  let lineStart = 0;
  for (const { start, end, type, isType } of parse(text, false, isTypeScript, false).tokens) {
    for (let feed = text.indexOf('\n', lineStart); feed !== -1 && feed < start; ) {
      line += 1;
      lineStart = feed + 1;
      lines[line] = [];
      feed = text.indexOf('\n', lineStart);
    }
    if (isType || type === TokenType.template || start === end) continue;
    lines[line].push({ column: start - lineStart, words: text.slice(start, end) });
  }
  return lines;
}
