import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { PluginError } from '../contracts/plugin-error.js';
import { coreFolder } from './core-folder.js';
import type { PackagePlugin } from './plugin-resolver.js';

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
