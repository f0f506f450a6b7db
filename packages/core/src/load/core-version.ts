import { readFileSync } from 'node:fs';
import path from 'node:path';
import satisfies from 'semver/functions/satisfies.js';
import * as v from 'valibot';
import { PluginError } from '../contracts/plugin-error.js';
import { coreFolder } from './core-folder.js';
import type { PackagePlugin } from './plugin-resolver.js';

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
