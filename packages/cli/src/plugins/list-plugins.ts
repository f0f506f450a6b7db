import { BotFileEditor, readBotFileText } from '@pertybot/core';
import type { Style } from '../style.js';
import { inspectPlugin } from './inspect-plugin.js';

/** A plugin of plugins.yaml, as `plugins list` shows it. */
export interface ListedPlugin {
  readonly id: string;
  readonly use: string;
  readonly enabled: boolean;
  /** Line of plugins.yaml. */
  readonly line: number;
  readonly about?: string | undefined;
  /** Of its package; undefined for a local file. */
  readonly version?: string | undefined;
  /** Folder of its package. */
  readonly from?: string | undefined;
  readonly needs: readonly string[];
  readonly provides: readonly string[];
  readonly scopes: readonly string[];
  /** Why it cannot be loaded. */
  readonly fault?: string | undefined;
}

/** The plugins of a bot, in the order of plugins.yaml; each is tried in a process of its own. */
export async function listPlugins(folder: string): Promise<readonly ListedPlugin[]> {
  const { entries } = new BotFileEditor(await readBotFileText(folder));
  return Promise.all(
    entries.map(async ({ id, use, enabled, line }) => {
      const entry = { id, use, enabled, line };
      const found = await inspectPlugin(use, folder).catch((error: Error) => ({
        ok: false as const,
        message: error.message,
      }));
      if (!found.ok) return { ...entry, needs: [], provides: [], scopes: [], fault: found.message };
      const { about, version, packageFolder: from, needs, provides, scopes } = found;
      return { ...entry, about, version, from, needs, provides, scopes };
    }),
  );
}

/** The list for people. */
export function formatPluginList(plugins: readonly ListedPlugin[], style: Style): string {
  if (plugins.length === 0) {
    return 'plugins.yaml lists no plugin yet. Add one: pertybot plugins add gpio';
  }
  const width = Math.max(...plugins.map(({ id }) => id.length));
  return plugins.map((plugin) => formatPlugin(plugin, width, style)).join('\n');
}

function formatPlugin(plugin: ListedPlugin, width: number, style: Style): string {
  const { id, use, enabled, version, about, needs, provides, fault } = plugin;
  const mark = fault !== undefined ? style.red('✗') : enabled ? style.green('●') : style.dim('○');
  const name = use === id ? '' : ` ${use}`;
  const off = enabled ? '' : style.dim(' (disabled)');
  const head = `${mark} ${style.bold(id.padEnd(width))} ${style.dim(`${version ?? ''}${name}`.trim())}${off}`;
  const details = [
    fault === undefined ? about : style.red(fault),
    needs.length > 0 ? style.dim(`needs ${needs.join(', ')}`) : undefined,
    provides.length > 0 ? style.dim(`provides ${provides.join(', ')}`) : undefined,
  ].filter((detail) => detail !== undefined && detail !== '');
  return [head, ...details.map((detail) => `  ${' '.repeat(width)} ${detail}`)].join('\n');
}
