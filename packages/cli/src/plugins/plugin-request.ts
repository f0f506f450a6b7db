import { statSync } from 'node:fs';
import nodePath, { isAbsolute, type PlatformPath, resolve } from 'node:path';
import { firstPartyPlugins } from '@pertybot/core/host';
import { CliError } from '../terminal/cli-error.js';

/** What `pertybot plugins add` was asked for. */
export type PluginRequest =
  /** A file or folder of the bot, used where it is. */
  | { readonly kind: 'local'; readonly use: string }
  /** A package of the registry by its full name. */
  | { readonly kind: 'package'; readonly name: string; readonly spec: string }
  /** A short name that may stand for a stranger's package. */
  | { readonly kind: 'short'; readonly name: string; readonly guess: string; readonly spec: string }
  /** A tarball, or a folder with a package.json that has a name. */
  | { readonly kind: 'files'; readonly path: string; readonly folder: boolean };

const packageName = /^(?:@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*$/;

/** Where a request was made. */
export interface RequestPlace {
  /** Folder of the bot. */
  readonly folder: string;
  /** Folder from which paths are meant. */
  readonly workingFolder: string;
  /** Name in a folder's package.json, or undefined. */
  packageNameOf(folder: string): string | undefined;
}

/**
 * Reads a name, short name, tarball or path.
 * @throws CliError CLI_PLUGIN_UNKNOWN when it can be none of them
 */
export function readPluginRequest(what: string, place: RequestPlace): PluginRequest {
  const path = resolve(place.workingFolder, what);
  const kind = statSync(path, { throwIfNoEntry: false });
  if (looksLikePath(what) || /\.(?:tgz|tar\.gz)$/.test(what)) {
    if (kind === undefined) throw notFound(what);
    if (/\.(?:tgz|tar\.gz)$/.test(what)) return { kind: 'files', path, folder: false };
    const isPackage = kind.isDirectory() && place.packageNameOf(path) !== undefined;
    return isPackage
      ? { kind: 'files', path, folder: true }
      : { kind: 'local', use: usePath(place.folder, path) };
  }
  return readName(what, kind !== undefined);
}

function readName(what: string, existsAsPath: boolean): PluginRequest {
  const at = what.indexOf('@', 1);
  const name = at < 0 ? what : what.slice(0, at);
  const version = at < 0 ? '' : what.slice(at);
  if (!packageName.test(name)) {
    throw new CliError('CLI_PLUGIN_UNKNOWN', `"${what}" is no name of a package and no path.`, {
      hint: 'Name a package such as pertybot-plugin-fan, or a path such as ./plugins/fan.ts.',
    });
  }
  if (existsAsPath && /\.[cm]?[jt]s$/.test(name)) {
    throw new CliError('CLI_PLUGIN_UNKNOWN', `"${what}" is a file, but written like a package.`, {
      hint: `Write ./${what}.`,
    });
  }
  if (firstPartyPlugins.includes(name)) {
    const full = `@pertybot/plugin-${name}`;
    return { kind: 'package', name: full, spec: `${full}${version}` };
  }
  if (name.startsWith('@') || name.startsWith('pertybot-plugin-')) {
    return { kind: 'package', name, spec: what };
  }
  const guess = `pertybot-plugin-${name}`;
  return { kind: 'short', name, guess, spec: `${guess}${version}` };
}

function looksLikePath(what: string): boolean {
  return /^\.{1,2}(?:[/\\]|$)/.test(what) || isAbsolute(what);
}

/**
 * A path as `use:` has it: from the bot's folder, with slashes and a leading dot. On another drive of Windows
 * it stays whole.
 */
export function usePath(
  folder: string,
  path: string,
  platform: Pick<PlatformPath, 'relative' | 'isAbsolute' | 'sep'> = nodePath,
): string {
  const relative = platform.relative(folder, path);
  const way = relative.split(platform.sep).join('/');
  return way.startsWith('../') || platform.isAbsolute(relative) ? way : `./${way}`;
}

function notFound(what: string): CliError {
  return new CliError('CLI_PLUGIN_UNKNOWN', `There is no file or folder "${what}".`, {
    hint: 'Check the path; it begins at the folder in which you run this.',
  });
}

/** Whether a package is PertyBot's own, which its owner need not say yes to. Others called so are refused before. */
export function isOwnPackage(name: string | undefined): boolean {
  return firstPartyPlugins.some((each) => name === `@pertybot/plugin-${each}`);
}
