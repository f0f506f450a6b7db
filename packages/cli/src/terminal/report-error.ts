import { stripVTControlCharacters } from 'node:util';
import { isPertyError, messageOf } from '@pertybot/core';
import { ConfigError, readableStack } from '@pertybot/core/host';
import { type StyledStream, styleFor } from './style.js';
import { toPlainLines } from './text.js';

/** How {@link reportError} writes. */
export interface ReportErrorOptions {
  /** Where it is going to be written. */
  readonly stream: StyledStream;
  /** Whether stack traces are shown. */
  readonly verbose: boolean;
  /** A sentence that leads to the right usage, when that is what was wrong. */
  readonly help?: string | undefined;
}

/** An error as the owner reads it: the sentence, the hint, and with `verbose` what lies underneath. */
export function reportError(error: unknown, options: ReportErrorOptions): string {
  const style = styleFor(options.stream);
  const code = isPertyError(error) && error.code !== 'CONFIG_INVALID' ? ` (${error.code})` : '';
  const lines = [`${style.red('Error:')} ${toPlainLines(sentenceOf(error))}${style.dim(code)}`];
  const hint = hintFor(error, options);
  if (hint !== undefined) lines.push(`${style.cyan('Hint:')} ${toPlainLines(hint)}`);
  if (options.verbose) lines.push('', style.dim(toPlainLines(stacksOf(error))));
  return `${lines.join('\n')}\n`;
}

/** An error as a program reads it: `check --json` answers in the same way. */
export function faultAsJson(
  error: unknown,
  { help }: Pick<ReportErrorOptions, 'help'> = {},
): string {
  const code = isPertyError(error) ? error.code : help === undefined ? undefined : 'USAGE';
  const hint = help ?? (isPertyError(error) ? error.hint : undefined);
  const problems = error instanceof ConfigError ? error.problems : undefined;
  const message = toPlainLines(sentenceOf(error));
  return JSON.stringify({ ok: false, code, message, hint, problems }, undefined, 2);
}

/** What a command said that did something, as a program reads it. */
export function deedAsJson(lines: readonly string[], ok: boolean): string {
  const text = stripVTControlCharacters(lines.join('\n')).trim();
  return JSON.stringify({ ok, text }, undefined, 2);
}

function sentenceOf(error: unknown): string {
  // oclif appends its own pointer to the help; ours is the hint.
  return messageOf(error).replace(/\nSee more help with --help$/, '');
}

function hintFor(error: unknown, options: ReportErrorOptions): string | undefined {
  if (options.help !== undefined) return options.help;
  if (isPertyError(error)) return error.hint;
  return options.verbose ? undefined : 'Run it again with --verbose to see where it happened.';
}

function stacksOf(error: unknown): string {
  const stacks: string[] = [];
  for (let at = error; at !== undefined && stacks.length < 8; at = causeOf(at)) {
    const stack = at instanceof Error ? (at.stack ?? at.message) : String(at);
    stacks.push(readableStack(stack, process.cwd()));
  }
  return stacks.join('\ncaused by ');
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined;
}
