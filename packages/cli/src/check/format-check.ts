import { formatDuration } from '@pertybot/core';
import { describeAllow, type PluginInfo } from '@pertybot/core/host';
import type { CommandReach, OutputReach, RewardReach, WorstCase } from '@pertybot/plugin-gpio';
import type { Style } from '../terminal/style.js';
import { textWidth, toPlainLines, toPlainText, wrap } from '../terminal/text.js';
import { type CheckedLevels, formatLevels } from './check-levels.js';
import { formatWorstCases } from './worst-cases.js';

/** A plugin that would not do its work. */
export interface PluginFault {
  readonly plugin: string;
  readonly message: string;
  readonly hint?: string | undefined;
  /** Whether the plugin or its configuration is to blame, and not what it reaches outside. */
  readonly certain: boolean;
}

/** Everything that a check tells. */
export interface Checked {
  readonly plugins: readonly CheckedPlugin[];
  readonly commands: readonly CommandReach[];
  readonly rewards: readonly RewardReach[];
  readonly prefix: string;
  readonly levels: CheckedLevels;
  readonly worst: readonly WorstCase[];
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
  const paid = formatPaidReach(checked.rewards, style).map((line) => `  ${line}`);
  const { columns } = process.stdout;
  const ofLevels = formatLevels(levels.levels).map((line) => `  ${wrap(line, columns, 4)}`);
  const worst = formatWorstCases(checked.worst, style, columns).map((line) => `  ${line}`);
  const warned = [...describeUnknown(checked.unknown), ...warnings];
  const needed = describeLacking(lacking);
  return [
    ...(ok ? [fine] : []),
    ...(scopes.length > 0 ? [style.dim(`  Twitch scopes: ${scopes.join(', ')}`)] : []),
    ...(reach.length > 0 ? ['', 'What chat can do to the pins, at worst:', ...reach] : []),
    ...(paid.length > 0 ? ['', 'What points can do to the pins, at worst:', ...paid] : []),
    ...(ofLevels.length > 0 ? ['', 'The outputs while no bot holds them:', ...ofLevels] : []),
    ...(worst.length > 0
      ? ['', 'How long each output stays on at worst, when this dies:', ...worst]
      : []),
    ...(untried.length > 0
      ? [style.dim(`  Not tried, since it needs Twitch or a variable: ${untried.join(', ')}`)]
      : []),
    ...(warned.length + faults.length + needed.length > 0 ? [''] : []),
    ...warned.map((text) => `${style.yellow('!')} ${wrap(toPlainLines(text), columns, 2)}`),
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
  const text = `${mark} ${wrap(toPlainLines(`${plugin}: ${message}`), columns, 2)}`;
  return hint === undefined ? text : `${text}\n  ${wrap(toPlainLines(hint), columns, 2)}`;
}

/** Milliseconds of an hour. */
const hour = 3_600_000;

/**
 * A line for each output that a command can switch: who may, which pin, how long at once, how long of an
 * hour at worst. Commands without any are named in one line.
 */
export function formatReach(
  commands: readonly CommandReach[],
  prefix: string,
  style: Style,
): readonly string[] {
  const rows = commands.flatMap(({ command, outputs }) =>
    outputs.map((output, index) => [
      index === 0 ? `${prefix}${command.name}` : '',
      index === 0 ? describeAllow(command.allow) : '',
      output.gadget === command.name ? output.pin : `${output.pin} (${output.gadget})`,
      describeTimes(output, style),
    ]),
  );
  const table = toTable(rows, style);
  const still = commands.filter(({ outputs }) => outputs.length === 0);
  const names = still.map(({ command }) => `${prefix}${command.name}`).join(' ');
  return [...table, ...(names === '' ? [] : [style.dim(`Without pins: ${names}`)])];
}

/** The same for rewards: what they cost, which pin, how long at once, how long of an hour at worst. */
function formatPaidReach(rewards: readonly RewardReach[], style: Style): readonly string[] {
  const rows = rewards.flatMap(({ reward: { title, cost }, outputs }) =>
    outputs.map((output, index) => [
      index === 0 ? toPlainText(title) : '',
      index === 0 ? `${cost} points` : '',
      `${output.pin} (${output.gadget})`,
      describeTimes(output, style),
    ]),
  );
  const still = rewards.filter(({ outputs }) => outputs.length === 0);
  const names = still.map(({ reward }) => toPlainText(reward.title)).join(', ');
  return [...toTable(rows, style), ...(names === '' ? [] : [style.dim(`Without pins: ${names}`)])];
}

function toTable(rows: readonly (readonly string[])[], style: Style): readonly string[] {
  const columns = [0, 1, 2].map((column) =>
    Math.max(0, ...rows.map((row) => textWidth(row[column] ?? ''))),
  );
  return rows.map(([name = '', who = '', pin = '', times = '']) =>
    [style.cyan(pad(name, columns[0])), pad(who, columns[1]), pad(pin, columns[2]), times].join(
      '  ',
    ),
  );
}

/** A warning for each output that any viewer can hold on for good. */
export function warnForGood(commands: readonly CommandReach[], prefix: string): readonly string[] {
  return commands.flatMap(({ command, outputs }) => {
    const held = outputs.filter(({ forGood, dryRun }) => forGood && !dryRun);
    if (held.length === 0) return [];
    const names = held.map(({ gadget, pin }) => `"${gadget}" (${pin})`).join(', ');
    const how = `Give it a cooldown for everyone, a "minOff" or a "dutyCycle", or say who may.`;
    return [`Any viewer can hold ${names} on for good with ${prefix}${command.name}. ${how}`];
  });
}

function describeTimes({ longest, inAnHour, dryRun }: OutputReach, style: Style): string {
  const once =
    longest === undefined ? 'on without end' : `on for ${formatDuration(longest)} at most`;
  const share =
    inAnHour >= hour ? style.yellow('all of an hour') : `${formatDuration(inAnHour)} of an hour`;
  return `${once}, ${share}${dryRun ? ', in dry-run' : ''}`;
}

function pad(text: string, width = 0): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)));
}
