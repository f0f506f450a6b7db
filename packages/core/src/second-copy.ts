import { realpathSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { PluginError } from './plugin-error.js';
import type { ResolvedPlugin } from './plugin-resolver.js';

const own = import.meta.url;

/**
 * Refuses a plugin that would bring a second copy of core or of tsyringe: it would talk to services
 * of its own that nobody else uses, without any error.
 * @throws PluginError PLUGIN_SECOND_COPY with both paths
 */
export async function refuseSecondCopy(
  plugin: Extract<ResolvedPlugin, { kind: 'package' }>,
  botFolder: string,
): Promise<void> {
  const { resolve } = await import('import-meta-resolve');
  const find = (name: string, base: string): string | undefined => {
    try {
      return realpathSync(fileURLToPath(resolve(name, base)));
    } catch {
      return undefined;
    }
  };
  for (const name of ['@pertybot/core', 'tsyringe']) {
    const ours = find(name, own);
    const theirs = find(name, pathToFileURL(plugin.file).href);
    if (ours === undefined || theirs === undefined || ours === theirs) continue;
    throw new PluginError(
      'PLUGIN_SECOND_COPY',
      `The plugin "${plugin.packageName}" would load a second copy of ${name}: "${theirs}" beside "${ours}".`,
      { hint: remedy(plugin, botFolder, name) },
    );
  }
}

function remedy(
  plugin: Extract<ResolvedPlugin, { kind: 'package' }>,
  botFolder: string,
  name: string,
): string {
  const linked = path
    .relative(path.join(botFolder, 'node_modules'), plugin.folder)
    .startsWith('..');
  if (linked) {
    return `It is linked from outside the bot's folder. Run: npm install --install-links "${plugin.folder}"`;
  }
  return `Its package.json must name ${name} under peerDependencies only. Until then run: npm dedupe`;
}
