import { errorCodeOf } from '@pertybot/core';
import { BotFileEditor, readBotFileText } from '@pertybot/core/host';
import { withoutTwitch } from '../bot-process/dev-overlay.js';
import { lookAtBot } from '../check/look-at-bot.js';
import { askBot } from '../control/control-client.js';
import type { Style } from '../terminal/style.js';
import { flow, toPlainText } from '../terminal/text.js';
import { describeUnloaded } from './describe-plugin.js';
import { inspectPlugin } from './inspect-plugin.js';

/** A plugin of plugins.yaml, as `plugins list` shows it. */
export interface ListedPlugin {
  readonly id: string;
  readonly use: string;
  readonly enabled: boolean;
  /** In the running bot, such as `running` or `waiting`; undefined when none runs or it knows it not. */
  readonly state?: string | undefined;
  /** What it waits for, or why it failed. */
  readonly detail?: string | undefined;
  /** Line of plugins.yaml. */
  readonly line: number;
  readonly about?: string | undefined;
  /** Its package; undefined for a local file. */
  readonly packageName?: string | undefined;
  /** Of its package. */
  readonly version?: string | undefined;
  /** Folder of its package. */
  readonly from?: string | undefined;
  readonly needs: readonly string[];
  readonly provides: readonly string[];
  readonly scopes: readonly string[];
  /** As they are written in chat; empty where nothing but a bot in chat would know them. */
  readonly commands: readonly string[];
  /** Why it cannot be loaded. */
  readonly fault?: string | undefined;
}

/**
 * The plugins of a bot, in the order of plugins.yaml. Each that is enabled is tried in a process of its own; what
 * they do is asked of the running bot, or known from what they declare and from their last run.
 */
export async function listPlugins(folder: string): Promise<readonly ListedPlugin[]> {
  const { entries } = new BotFileEditor(await readBotFileText(folder));
  const [life, inspections] = await Promise.all([
    readLife(folder),
    Promise.all(
      entries.map(({ use, enabled }) =>
        enabled ? inspect(use, folder) : describeUnloaded(use, folder),
      ),
    ),
  ]);
  return entries.map((entry, index) => {
    const known = { ...entry, commands: [], ...life.get(entry.id) };
    const found = inspections[index];
    if (!found?.ok) return { ...known, needs: [], provides: [], scopes: [], fault: found?.message };
    const { about, packageName, version, packageFolder: from, needs, provides, scopes } = found;
    return { ...known, about, packageName, version, from, needs, provides, scopes };
  });
}

type Life = Pick<ListedPlugin, 'state' | 'detail' | 'commands'>;

async function readLife(folder: string): Promise<ReadonlyMap<string, Life>> {
  const status = await askBot(folder, { ask: 'status' }).catch((error: unknown) => {
    if (errorCodeOf(error) === 'CLI_BOT_NOT_RUNNING') return undefined;
    throw error;
  });
  if (status) return new Map(status.plugins.map(({ id, ...life }) => [id, life]));
  // A file with faults has no commands yet; pertybot check tells them.
  const look = await lookAtBot(folder, withoutTwitch).catch(() => undefined);
  const { bot, commands = [] } = look ?? {};
  return new Map(
    bot?.plugins.map(({ id }) => {
      const own = commands.filter(({ command }) => command.plugin === id);
      return [id, { commands: own.map(({ command }) => `${bot.prefix}${command.name}`) }];
    }),
  );
}

function inspect(use: string, folder: string): ReturnType<typeof inspectPlugin> {
  return inspectPlugin(use, folder).catch((error: Error) => ({
    ok: false as const,
    message: error.message,
  }));
}

/** How wide a list may be. */
const columns = 80;

/** The list for people. */
export function formatPluginList(plugins: readonly ListedPlugin[], style: Style): string {
  if (plugins.length === 0) {
    return 'plugins.yaml lists no plugin yet. Add one: pertybot plugins add gpio';
  }
  const width = Math.max(...plugins.map(({ id }) => id.length));
  return plugins.map((plugin) => formatPlugin(toPlain(plugin), width, style)).join('\n');
}

/** What strangers wrote must not move the cursor. */
function toPlain(plugin: ListedPlugin): ListedPlugin {
  const plain = (text: string | undefined) => text && toPlainText(text);
  return {
    ...plugin,
    detail: plain(plugin.detail),
    about: plain(plugin.about),
    version: plain(plugin.version),
    fault: plain(plugin.fault),
    needs: plugin.needs.map(toPlainText),
    provides: plugin.provides.map(toPlainText),
    commands: plugin.commands.map(toPlainText),
  };
}

function formatPlugin(plugin: ListedPlugin, width: number, style: Style): string {
  const { id, use, version, packageName, about, needs, provides, commands, fault } = plugin;
  const indent = ' '.repeat(width + 3);
  const origin = style.dim([version, packageName ?? use].filter(Boolean).join(' '));
  const head = `${markOf(plugin, style)} ${style.bold(id.padEnd(width))} ${origin}${stateOf(plugin, style)}`;
  const row = (name: string, items: readonly string[], separator: string) =>
    items.length === 0
      ? []
      : flow(items, separator, columns - indent.length - name.length - 1).map((line, index) =>
          style.dim(`${index === 0 ? name : ' '.repeat(name.length)} ${line}`),
        );
  const details = [
    ...(fault === undefined ? [about ?? ''].filter(Boolean) : [style.red(fault)]),
    ...row('commands', commands, ' '),
    ...row('needs', needs, ', '),
    ...row('provides', provides, ', '),
  ];
  return [head, ...details.map((detail) => `${indent}${detail}`)].join('\n');
}

function markOf({ enabled, fault, state }: ListedPlugin, style: Style): string {
  if (fault !== undefined || state === 'failed') return style.red('✗');
  if (!enabled) return style.dim('○');
  return state === 'waiting' ? style.yellow('●') : style.green('●');
}

function stateOf({ enabled, state, detail }: ListedPlugin, style: Style): string {
  if (!enabled) return style.dim(' (disabled)');
  if (state === undefined) return '';
  const paint = new Map([
    ['running', style.green],
    ['waiting', style.yellow],
    ['failed', style.red],
  ]).get(state);
  const text = ` ${detail === undefined ? state : `${state}: ${detail}`}`;
  return paint === undefined ? text : paint(text);
}
