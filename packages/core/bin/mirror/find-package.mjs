import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { resolve } from 'import-meta-resolve';

/** The folder that a plugin has for itself: that of its package.json, else that of its file. */
function ownFolder(entry, folder) {
  const beside = path.dirname(entry);
  for (
    let root = beside;
    root !== folder && root !== path.dirname(root);
    root = path.dirname(root)
  ) {
    if (existsSync(path.join(root, 'package.json'))) return root;
  }
  return beside;
}

function isBelow(file, folder) {
  const relative = path.relative(folder, file);
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
}

/** A package in the plugin's own node_modules, which is the version that it was written for. */
function ownPackageUrl(specifier, file, { entry, folder }) {
  const own = ownFolder(entry, folder);
  // A bot has one PertyBot; a plugin may have another for its editor's sake.
  if (own === folder || specifier.startsWith('@pertybot/')) return undefined;
  try {
    const url = resolve(specifier, pathToFileURL(file).href);
    return isBelow(fileURLToPath(url), path.join(own, 'node_modules')) ? url : undefined;
  } catch {
    return undefined;
  }
}

/**
 * URL of a package that an import in `file` means: the plugin's own, else the bot's; one that the bot's folder
 * does not have may come with the program that runs the bot, or stand elsewhere beside the plugin.
 * @returns undefined where Node finds it by itself, or nobody does
 */
export function packageUrl(specifier, file, place) {
  if (/^(\.{0,2}\/|node:|file:|data:)/.test(specifier)) return undefined;
  const own = ownPackageUrl(specifier, file, place);
  if (own !== undefined) return own;
  const { folder, resolveFrom } = place;
  const here = pathToFileURL(path.join(folder, 'noop.js')).href;
  for (const base of [here, ...resolveFrom, pathToFileURL(file).href]) {
    try {
      const url = resolve(specifier, base);
      return base === here ? undefined : url;
    } catch {}
  }
  return undefined;
}
