import { pathToFileURL } from 'node:url';
import { encode } from '@jridgewell/sourcemap-codec';

/**
 * The text of a plugin's file on its way to the copy. Each line stays the line that it was, and a column too
 * wherever there is room, so that a stack trace is right as it is; debuggers get a map besides.
 */
export class TracedText {
  #lines;
  #segments;

  /** A text that nothing was taken from. */
  static of(text) {
    const lines = text.split('\n');
    return new TracedText(
      lines,
      lines.map((_, line) => [[0, 0, line, 0]]),
    );
  }

  /**
   * @param lines what there is of each line
   * @param segments where it comes from, as a source map has it: lists of [column, 0, line, column]
   */
  constructor(lines, segments) {
    this.#lines = lines;
    this.#segments = segments;
  }

  toString() {
    return this.#lines.join('\n');
  }

  /** Puts words of one line in the place of what is from `start` to `end`. Offsets behind it are others then. */
  replace(start, end, words) {
    const from = this.#place(start);
    const to = this.#place(end);
    const tail = this.#lines[to.line].slice(to.column);
    const behind = (this.#segments[to.line] ?? []).filter(([column]) => column >= to.column);
    const head = this.#lines[from.line].slice(0, from.column) + words;
    this.#segments[from.line] = (this.#segments[from.line] ?? []).filter(
      ([column]) => column <= from.column,
    );
    // Lines that go leave an empty one each: what follows stays on its own.
    for (let line = from.line; line <= to.line; line += 1) {
      this.#lines[line] = line === from.line ? head : '';
      if (line !== from.line) this.#segments[line] = [];
    }
    const shift = this.#lines[to.line].length - to.column;
    this.#lines[to.line] += tail;
    for (const segment of behind) segment[0] += shift;
    this.#segments[to.line].push(...behind);
  }

  /** The text as it is imported: under the name of `file`, with a map to `source`, which is what it holds. */
  linkedTo(file, source) {
    const { href } = pathToFileURL(file);
    const text = this.toString();
    // What is built already has a map of its own, to what it was built from.
    const hasMap = /^\s*\/\/[#@] sourceMappingURL=/m.test(text);
    const map = {
      version: 3,
      sources: [href],
      sourcesContent: [source],
      names: [],
      mappings: encode(this.#segments),
    };
    const encoded = Buffer.from(JSON.stringify(map)).toString('base64');
    const link = `//# sourceMappingURL=data:application/json;charset=utf-8;base64,${encoded}\n`;
    return `${text}\n${hasMap ? '' : link}//# sourceURL=${href}\n`;
  }

  #place(offset) {
    let left = offset;
    let line = 0;
    for (; left > this.#lines[line].length; line += 1) left -= this.#lines[line].length + 1;
    return { line, column: left };
  }
}
