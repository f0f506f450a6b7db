import { v } from '@pertybot/core';
import { BotFileEditor, isLocalUse, packageNames, readBotFileText } from '@pertybot/core/host';
import { CliError } from '../terminal/cli-error.js';
import type { Style } from '../terminal/style.js';
import { toPlainText } from '../terminal/text.js';
import { describePlugin, describeUnloaded } from './describe-plugin.js';
import { inspectPlugin } from './inspect-plugin.js';
import { describeOptions, type InspectedPlugin } from './inspected-plugin.js';
import { runNpm } from './npm.js';
import { describePluginFacts, installScriptsOf, pluginFactsSchema } from './package-manifest.js';

/** What is known of a plugin: all of one that is there, or what the registry says of another. */
export type PluginDetails =
  | { readonly installed: true; readonly plugin: InspectedPlugin }
  | { readonly installed: false; readonly published: PublishedPlugin };

const publishedSchema = v.object({
  name: v.string(),
  version: v.string(),
  description: v.optional(v.string(), ''),
  peerDependencies: v.optional(v.record(v.string(), v.string()), {}),
  _npmUser: v.optional(v.union([v.string(), v.looseObject({ name: v.string() })])),
  scripts: v.optional(v.record(v.string(), v.string()), {}),
  // What others wrote there for themselves is no reason to tell nothing at all.
  pertybot: v.fallback(v.optional(pluginFactsSchema), undefined),
});

type PublishedPlugin = v.InferOutput<typeof publishedSchema>;

/**
 * Finds out about a plugin without installing it.
 * @param what id in plugins.yaml, name or path
 * @throws CliError CLI_PLUGIN_REFUSED when it is there but does not load, CLI_NPM_FAILED when it is
 * nowhere
 */
export async function readPluginDetails(what: string, folder: string): Promise<PluginDetails> {
  const { entries } = new BotFileEditor(await readBotFileText(folder));
  const entry = entries.find(({ id, use }) => id === what || use === what);
  const use = entry?.use ?? what;
  // Of a package that its owner has not said yes to, or has switched off, nothing runs.
  const mayRun = entry === undefined ? isLocalUse(use) : entry.enabled;
  const found = await (mayRun ? inspectPlugin : describeUnloaded)(use, folder);
  if (found.ok) return { installed: true, plugin: found };
  if (isLocalUse(use) || found.code !== 'PLUGIN_NOT_INSTALLED') {
    throw new CliError('CLI_PLUGIN_REFUSED', found.message, { hint: found.hint });
  }
  return { installed: false, published: await view(packageNames(use).at(-1) ?? use, folder) };
}

/** The details, for people. */
export function formatPluginDetails(details: PluginDetails, style: Style): string {
  if (!details.installed) return formatPublished(details.published, style);
  const { plugin } = details;
  const options = describeOptions(plugin.options).map((line) => `  ${toPlainText(line)}`);
  return [describePlugin(plugin, {}, style), ...options].join('\n');
}

async function view(name: string, folder: string): Promise<PublishedPlugin> {
  const text = await runNpm(['view', name, ...Object.keys(publishedSchema.entries), '--json'], {
    folder,
  });
  const published = v.safeParse(publishedSchema, JSON.parse(text));
  if (published.success) return published.output;
  throw new CliError('CLI_NPM_FAILED', `npm says nothing sensible of "${name}".`, {
    hint: 'Check which registry npm uses.',
  });
}

function formatPublished(plugin: PublishedPlugin, style: Style): string {
  const { name, version, description, peerDependencies, _npmUser: user } = plugin;
  const by = typeof user === 'string' ? user.replace(/\s*<.*$/, '') : user?.name;
  const peers = Object.entries(peerDependencies).map(([peer, range]) => `${peer} ${range}`);
  const scripts = installScriptsOf(plugin).join(', ');
  const rows: (readonly [string, string])[] = [
    ['about', description],
    ['by', by ?? ''],
    ...(plugin.pertybot === undefined ? [] : describePluginFacts(plugin.pertybot)),
    ['beside', peers.join(', ')],
    ['scripts', scripts && `${scripts} (never run by plugins add)`],
  ];
  const told = rows.filter(([, value]) => value !== '');
  const width = Math.max(0, ...told.map(([title]) => title.length));
  return [
    `${style.bold(toPlainText(name))} ${toPlainText(version)} ${style.dim('(not installed)')}`,
    ...told.map(([title, value]) => `  ${title.padEnd(width)}  ${toPlainText(value)}`),
  ].join('\n');
}
