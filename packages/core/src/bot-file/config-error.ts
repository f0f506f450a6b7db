import { PertyError, type PertyErrorOptions } from '../contracts/errors.js';

/** Keys and indexes from the top of a document to a node. */
export type YamlPath = readonly (string | number)[];

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
 * @param text the whole file
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

/** Every code of a {@link ConfigError}; docs/errors.md explains each. */
export type ConfigErrorCode =
  | 'CONFIG_MISSING'
  | 'CONFIG_UNREADABLE'
  | 'CONFIG_TOO_LARGE'
  | 'CONFIG_INVALID';

/** What accompanies a {@link ConfigError}. */
interface ConfigErrorOptions extends PertyErrorOptions {
  readonly problems?: readonly ConfigProblem[];
  readonly files?: readonly string[];
}

/** Thrown whenever plugins.yaml cannot be read, or is wrong. It knows every fault of the file. */
export class ConfigError extends PertyError<ConfigErrorCode> {
  /** Each fault with its place; empty when the file could not be read at all. */
  readonly problems: readonly ConfigProblem[];
  /** Files of local plugins whose change may mend it. */
  readonly files: readonly string[];

  constructor(code: ConfigErrorCode, message: string, options: ConfigErrorOptions = {}) {
    super(code, message, options);
    this.problems = options.problems ?? [];
    this.files = options.files ?? [];
  }
}

/** Faults of one file that are told; whoever mends these sees the next. */
export const mostProblems = 50;

/** Entries that a plugins.yaml may have. */
export const mostEntries = 1_000;
