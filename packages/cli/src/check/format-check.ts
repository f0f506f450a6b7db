import type { PluginInfo } from '@pertybot/core';
import type { CommandReach } from '@pertybot/plugin-gpio';
import type { Style } from '../terminal/style.js';
import { wrap } from '../terminal/text-width.js';
import { type CheckedLevels, formatLevels } from './check-levels.js';
import { formatReach } from './format-reach.js';

/** A plugin that would not do its work. */
export interface PluginFault {
  readonly plugin: string;
  readonly message: string;
  readonly hint?: string | undefined;
  /** Whether the bot's own files are to blame, and not what the plugin reaches outside. */
  readonly certain: boolean;
}

/** Everything that a check tells. */
export interface Checked {
  readonly plugins: readonly CheckedPlugin[];
  readonly commands: readonly CommandReach[];
  readonly prefix: string;
  readonly levels: CheckedLevels;
  readonly warnings: readonly string[];
  readonly faults: readonly PluginFault[];
  /** Plugins that were not tried, since they need what reaches Twitch or a variable; none without a trial. */
  readonly untried: readonly string[];
  /** Plugins of whose commands nothing is known. */
  readonly unknown: readonly string[];
  /** Variables that are not set, by plugin. */
  readonly lacking: ReadonlyMap<string, readonly string[]>;
}

/** What is told of a plugin. */
type CheckedPlugin = Pick<
  PluginInfo,
  'id' | 'use' | 'version' | 'needs' | 'provides' | 'scopes'
> & { readonly enabled: boolean };

/** A check for people. */
export function formatCheck(checked: Checked, style: Style): string {
  const { plugins, commands, warnings, faults, levels, prefix, untried, lacking } = checked;
  const enabled = plugins.filter((plugin) => plugin.enabled);
  const names = enabled.map(({ id }) => id).join(', ') || 'no plugins';
  const scopes = [...new Set(enabled.flatMap((plugin) => plugin.scopes))];
  const ok = !faults.some(({ certain }) => certain);
  const fine = `${style.green('✓')} plugins.yaml is fine: ${names}.`;
  const reach = formatReach(commands, prefix, style).map((line) => `  ${line}`);
  const { columns } = process.stdout;
  const ofLevels = formatLevels(levels.levels).map((line) => `  ${wrap(line, columns, 4)}`);
  const warned = [...describeUnknown(checked.unknown), ...warnings];
  const needed = describeLacking(lacking);
  return [
    ...(ok ? [fine] : []),
    ...(scopes.length > 0 ? [style.dim(`  Twitch scopes: ${scopes.join(', ')}`)] : []),
    ...(reach.length > 0 ? ['', 'What chat can do to the pins, at worst:', ...reach] : []),
    ...(ofLevels.length > 0 ? ['', 'The outputs while no bot holds them:', ...ofLevels] : []),
    ...(untried.length > 0
      ? [style.dim(`  Not tried, since it needs Twitch or a variable: ${untried.join(', ')}`)]
      : []),
    ...(warned.length + faults.length + needed.length > 0 ? [''] : []),
    ...warned.map((text) => `${style.yellow('!')} ${wrap(text, columns, 2)}`),
    ...needed.map((text) => `${style.red('✗')} ${wrap(text, columns, 2)}`),
    ...faults.map((fault) => formatFault(fault, style)),
  ].join('\n');
}

function describeUnknown(ids: readonly string[]): readonly string[] {
  return ids.map(
    (id) =>
      `${id} has not run yet with this configuration, so its commands are not known. "pertybot check --try" starts it on a board in memory.`,
  );
}

function describeLacking(lacking: Checked['lacking']): readonly string[] {
  const all = [...lacking].map(([id, names]) => {
    const are = names.length === 1 ? 'which is' : 'which are';
    return `${id} needs ${names.join(' and ')}, ${are} not set. Write it into .env; "pertybot dev" runs without Twitch's.`;
  });
  return all;
}

function formatFault({ plugin, message, hint, certain }: PluginFault, style: Style): string {
  const mark = certain ? style.red('✗') : style.yellow('!');
  const { columns } = process.stdout;
  const text = `${mark} ${wrap(`${plugin}: ${message}`, columns, 2)}`;
  return hint === undefined ? text : `${text}\n  ${wrap(hint, columns, 2)}`;
}
