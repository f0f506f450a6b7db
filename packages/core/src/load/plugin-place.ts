import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { PluginPlace } from '../contracts/errors.js';
import { coreFolder } from './core-package.js';
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
  const stack = String(error.stack);
  const places = [...linkedAt(stack), ...stackFrames(stack)];
  const place = places.find(({ file }) => isIts(file));
  return place && placeIn(folder, { ...place, message: inWords(String(error.message)) });
}

const linkForm = /^(file:\S+):(\d+)\n.*\n( *)\^/;

/** Where an import is whose module does not have what it names: above the stack, with a caret. */
function linkedAt(stack: string): readonly Omit<Found, 'message'>[] {
  const [, url, line, indent = ''] = linkForm.exec(stack) ?? [];
  if (url === undefined) return [];
  return [{ file: fileURLToPath(url), line: Number(line), column: indent.length + 1 }];
}

/** What a plugin's import of core becomes where the bot's folder has none of its own. */
const coreUrl = pathToFileURL(path.join(coreFolder, 'lib', 'index.js')).href;

/** A message of Node, with the names that files have for their author instead of those of their copies. */
export function inWords(message: string): string {
  const copy = /file:\/\/\S*\/\.pertybot\/cache\/[0-9a-f]{16}\/(?:([^'"\s]+)\.mjs|([^'"\s]+))/g;
  return message
    .replaceAll(copy, (_, code?: string, other = '') => decodeURI(code ?? other))
    .replaceAll(coreUrl, '@pertybot/core');
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
