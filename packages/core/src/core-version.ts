import { readFile } from 'node:fs/promises';
import path from 'node:path';
import satisfies from 'semver/functions/satisfies.js';
import * as v from 'valibot';
import { PluginError } from './plugin-error.js';
import type { ResolvedPlugin } from './plugin-resolver.js';

const manifestSchema = v.object({
  version: v.optional(v.string(), '0.0.0'),
  peerDependencies: v.optional(v.record(v.string(), v.string()), {}),
});

/** The version of core that runs. */
export async function coreVersion(): Promise<string> {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  return v.parse(manifestSchema, JSON.parse(text)).version;
}

/**
 * How a range of core's versions that a plugin names suits the core that runs: `other` does not take
 * it, `narrow` would not take its next minor version, for which a plugin seldom has to change.
 */
export async function judgeCoreRange(range: string): Promise<'wide' | 'narrow' | 'other'> {
  const running = await coreVersion();
  const takes = (version: string) => satisfies(version, range, { includePrerelease: true });
  if (!takes(running)) return 'other';
  const [major, minor] = running.split('.');
  return takes(`${major}.${Number(minor) + 1}.0`) ? 'wide' : 'narrow';
}

/**
 * Refuses a plugin that was made for another version of core.
 * @throws PluginError PLUGIN_CORE_MISMATCH
 */
export async function refuseOtherCore(
  plugin: Extract<ResolvedPlugin, { kind: 'package' }>,
): Promise<void> {
  const text = await readFile(path.join(plugin.folder, 'package.json'), 'utf8').catch(() => '{}');
  const manifest = v.safeParse(manifestSchema, JSON.parse(text));
  const range = manifest.success ? manifest.output.peerDependencies['@pertybot/core'] : undefined;
  const running = await coreVersion();
  if (range === undefined || satisfies(running, range, { includePrerelease: true })) return;
  throw new PluginError(
    'PLUGIN_CORE_MISMATCH',
    `The plugin "${plugin.packageName}" ${plugin.version} wants @pertybot/core ${range}, but ${running} runs.`,
    { hint: `Run: pertybot plugins update ${plugin.packageName}` },
  );
}
