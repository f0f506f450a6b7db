import { existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import satisfies from 'semver/functions/satisfies.js';
import * as v from 'valibot';
import { PluginError } from '../contracts/errors.js';
import type { PackagePlugin } from './plugin-resolver.js';

/** Folder of this package, wherever in it this module came to lie: in its room, or joined with others. */
export const coreFolder = folderAbove(fileURLToPath(import.meta.url));

function folderAbove(file: string): string {
  const folder = path.dirname(file);
  const isPackage = folder === file || existsSync(path.join(folder, 'package.json'));
  return isPackage ? folder : folderAbove(folder);
}

/** The version of core that runs. */
export const coreVersion = v.parse(
  v.object({ version: v.string() }),
  JSON.parse(readFileSync(path.join(coreFolder, 'package.json'), 'utf8')),
).version;

const takes = (range: string, version: string) =>
  satisfies(version, range, { includePrerelease: true });

/**
 * How a range of core's versions that a plugin names suits the core that runs: `other` does not take
 * it, `narrow` would not take its next minor version, for which a plugin seldom has to change.
 */
export function judgeCoreRange(range: string): 'wide' | 'narrow' | 'other' {
  if (!takes(range, coreVersion)) return 'other';
  const [major, minor] = coreVersion.split('.');
  return takes(range, `${major}.${Number(minor) + 1}.0`) ? 'wide' : 'narrow';
}

/**
 * Refuses a plugin that was made for another version of core.
 * @throws PluginError PLUGIN_CORE_MISMATCH
 */
export function refuseOtherCore(plugin: PackagePlugin): void {
  const range = plugin.peerDependencies['@pertybot/core'];
  if (range === undefined || takes(range, coreVersion)) return;
  throw new PluginError(
    'PLUGIN_CORE_MISMATCH',
    `The plugin "${plugin.packageName}" ${plugin.version} wants @pertybot/core ${range}, but ${coreVersion} runs.`,
    { hint: `Run: pertybot plugins update ${plugin.packageName}` },
  );
}

const core = '@pertybot/core';

/**
 * Refuses a plugin that would bring a second copy of core, or tsyringe, of which core has a copy inside:
 * it would talk to services of its own that nobody else uses, without any error.
 * @throws PluginError PLUGIN_SECOND_COPY with the paths
 */
export function refuseSecondCopy(plugin: PackagePlugin, botFolder: string): void {
  const ours = realpathSync(coreFolder);
  const theirs = findPackage(core, plugin.file);
  if (theirs !== undefined && theirs !== ours) {
    throw new PluginError(
      'PLUGIN_SECOND_COPY',
      `The plugin "${plugin.packageName}" would load a second copy of ${core}: "${theirs}" beside "${ours}".`,
      { hint: remedy(plugin, botFolder) },
    );
  }
  if ('tsyringe' in plugin.dependencies || 'tsyringe' in plugin.peerDependencies) {
    throw new PluginError(
      'PLUGIN_SECOND_COPY',
      `The plugin "${plugin.packageName}" (in "${plugin.folder}") brings a tsyringe of its own, of which the bot knows nothing.`,
      {
        hint: `It must import inject and injectable from ${core}, and its package.json must not name tsyringe.`,
      },
    );
  }
}

/** Folder of the package that an import of `name` in `file` finds. */
function findPackage(name: string, file: string): string | undefined {
  const parent = path.dirname(file);
  if (parent === file) return undefined;
  const folder = path.join(parent, 'node_modules', name);
  return existsSync(path.join(folder, 'package.json'))
    ? realpathSync(folder)
    : findPackage(name, parent);
}

function remedy(plugin: PackagePlugin, botFolder: string): string {
  const linked = path
    .relative(path.join(botFolder, 'node_modules'), plugin.folder)
    .startsWith('..');
  if (linked) {
    return `It is linked from outside the bot's folder. Run: npm install --install-links "${plugin.folder}"`;
  }
  return `Its package.json must name ${core} under peerDependencies only. Until then run: npm dedupe`;
}
