/** What is wrong with a file of a plugin, and where; the bot makes a sentence of it. */
export class MirrorError extends Error {
  /**
   * @param {string} file
   * @param {string} message without a full stop
   * @param {{ line?: number, column?: number, hint?: string }} more
   */
  constructor(file, message, more = {}) {
    super(message);
    this.problem = { file, message, ...more };
  }
}

/** Line and column, from 1, of an offset in a text. */
export function positionOf(text, offset) {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: lines.at(-1).length + 1 };
}
