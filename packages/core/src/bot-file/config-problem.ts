/** A place in a file, counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** One fault of plugins.yaml. */
export interface ConfigProblem {
  /** File name as shown, such as `plugins.yaml`. */
  readonly file: string;
  readonly position: Position;
  /** Content of the file, where that is not plugins.yaml. */
  readonly text?: string;
  /** Such as `pin: expected a pin such as GPIO17, received "seventeen"`. */
  readonly message: string;
  readonly hint?: string | undefined;
  /** Name of the variable that is not set, when that is the fault. */
  readonly variable?: string;
}

/**
 * Writes a fault as `plugins.yaml:8:12 pin: …`, the line that it is on, and a caret under it.
 * @param text the whole plugins.yaml
 */
export function formatProblem(problem: ConfigProblem, text: string): string {
  const { line, column } = problem.position;
  const source = (problem.text ?? text).split(/\r?\n/)[line - 1] ?? '';
  const gutter = String(line);
  const lines = [`${problem.file}:${line}:${column} ${problem.message}`];
  if (source.trim() !== '') {
    const shown = source.replaceAll('\t', ' ').slice(0, 160);
    lines.push(`  ${gutter} | ${shown}`);
    lines.push(`  ${' '.repeat(gutter.length)} | ${' '.repeat(Math.min(column, 160) - 1)}^`);
  }
  if (problem.hint !== undefined) lines.push(`  ${problem.hint}`);
  return lines.join('\n');
}
