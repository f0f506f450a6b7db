import path from 'node:path';
import { isPertyError, messageOf, PluginError } from '../contracts/errors.js';
import { hintForMovedName } from './moved-names.js';
import { describePlace, inWords, placeIn, placeOfError } from './plugin-place.js';
import type { SyntaxPlace } from './syntax-place.js';

/** A local plugin that could not be imported. */
interface LocalFailure {
  readonly use: string;
  /** Folder of the bot. */
  readonly folder: string;
  /** The files that the plugin is made of. */
  readonly files: readonly string[];
}

/** What was thrown while a local plugin was imported, with the place of it in the plugin's own files. */
export function toLocalError(error: unknown, { use, folder, files }: LocalFailure): PluginError {
  const place = placeOfError(error, folder, (file) => files.includes(file));
  const said = inWords(messageOf(error));
  const message = place ? describePlace(place) : `The plugin "${use}" cannot be loaded: ${said}`;
  if (error instanceof PluginError) {
    const { code, hint, cause } = error;
    return new PluginError(code, place ? message : said, { hint, cause, files, place });
  }
  const mend = `Mend "${place?.file ?? use}" and save it.`;
  const hint = isPertyError(error) ? error.hint : (hintFor(said) ?? mend);
  return new PluginError('PLUGIN_LOAD_FAILED', message, { hint, files, place, cause: error });
}

/** What was thrown while a package was imported. */
export function toPackageError(
  error: unknown,
  {
    use,
    root,
    outdated,
  }: {
    readonly use: string;
    readonly root: string;
    /** Version that the disk has instead of what was imported. */
    readonly outdated?: string | undefined;
  },
): PluginError {
  if (outdated !== undefined) {
    const message = `The plugin "${use}" could not be loaded: ${messageOf(error)}`;
    const hint = `${outdated} is installed now: start the bot again to load that.`;
    return new PluginError('PLUGIN_LOAD_FAILED', message, { hint, cause: error });
  }
  if (error instanceof PluginError) return error;
  const message = `The plugin "${use}" cannot be loaded: ${messageOf(error)}`;
  const place = placeOfError(error, root, (file) => file.startsWith(root + path.sep));
  const where = place
    ? `It failed in its "${place.file}:${place.line}:${place.column}".`
    : 'Run again with --verbose to see where.';
  const hint = isPertyError(error) ? error.hint : (hintFor(messageOf(error)) ?? where);
  return new PluginError('PLUGIN_LOAD_FAILED', message, { hint, cause: error });
}

/** A syntax error of a local plugin. */
export function toSyntaxError(
  cause: unknown,
  options: {
    readonly syntax: SyntaxPlace;
    readonly folder: string;
    readonly files: readonly string[];
  },
): PluginError {
  const { syntax, folder, files } = options;
  const place = placeIn(folder, syntax);
  const hint = syntaxHint(syntax.source.trim()) ?? `Mend "${place.file}" and save it.`;
  return new PluginError('PLUGIN_LOAD_FAILED', describePlace(place), { hint, files, place, cause });
}

/** By name, since Node's own may come from another realm. */
export function isSyntaxError(error: unknown): boolean {
  return (
    typeof error === 'object' && error !== null && 'name' in error && error.name === 'SyntaxError'
  );
}

/** What newer languages have, and some Node.js that PertyBot runs on has not. */
function syntaxHint(source: string): string | undefined {
  if (source.startsWith('@')) {
    return 'Decorators need a build: bind values and factories instead, or make the plugin a package.';
  }
  if (/\baccessor\s+[\w#[]/.test(source))
    return 'Write a getter and a setter instead of "accessor".';
  if (/\busing\s+\w+\s*=/.test(source)) {
    return 'Write: const … = …; and hand its undo to onStop, instead of "using".';
  }
  return undefined;
}

function hintFor(message: string): string | undefined {
  const missing = /Cannot find package '([^']+)'/.exec(message)?.[1];
  if (missing) return `Run in the bot's folder: npm install ${missing}`;
  const moved = hintForMovedName(message);
  if (moved) return moved;
  const name = /does not provide an export named '([^']+)'/.exec(message)?.[1];
  if (name) {
    return `Check how "${name}" is spelled, or export it there; if it is a type, write: type ${name}`;
  }
  if (/^require is not defined/.test(message)) {
    return "Write: import fs from 'node:fs'; in the place of: const fs = require('node:fs');";
  }
  const unknown = /^(\S+) is not defined$/.exec(message)?.[1];
  if (unknown) {
    return `Check how "${unknown}" is spelled, or import it; what PertyBot brings comes from '@pertybot/core'.`;
  }
  // Node 20 writes: of type "json"; from 22 on: of "type: json".
  if (/needs an import (attribute|assertion) of "?type:? "?json"/.test(message)) {
    return "Write: import … from './….json' with { type: 'json' };";
  }
  return undefined;
}
