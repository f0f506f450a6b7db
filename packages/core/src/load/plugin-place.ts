import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { PluginPlace } from '../contracts/plugin-error.js';
import { stackFrames } from './stack.js';

/** A place in a file of a plugin, as whatever found it says it. */
interface Found {
  /** Absolute path. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** What is wrong with a file, and where, for people in the bot's `folder`. */
export function placeIn(folder: string, { file, line, column, message }: Found): PluginPlace {
  return {
    file: path.relative(folder, file),
    line,
    column,
    text: readText(file),
    message: message.replace(/\.+$/, ''),
  };
}

/** A sentence about a place, such as `plugins/dice.ts:3:1: v is not defined.`. */
export function describePlace({ file, line, column, message }: PluginPlace): string {
  return `${file}:${line}:${column}: ${message}.`;
}

/** The innermost place of an error in files of a plugin. */
export function placeOfError(
  error: unknown,
  folder: string,
  isIts: (file: string) => boolean,
): PluginPlace | undefined {
  if (!isErrorLike(error)) return undefined;
  const frame = stackFrames(String(error.stack)).find(({ file }) => isIts(file));
  return frame && placeIn(folder, { ...frame, message: String(error.message) });
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // It is gone since, or never was a file of the bot.
    return '';
  }
}

/** By its members, since it may come from another realm, such as a test runner's. */
function isErrorLike(
  error: unknown,
): error is { readonly stack: unknown; readonly message: unknown } {
  return typeof error === 'object' && error !== null && 'stack' in error && 'message' in error;
}
