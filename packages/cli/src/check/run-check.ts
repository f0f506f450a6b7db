import { type Finding, type PluginInfo } from '@pertybot/core';
import { Bot, ConfigError, silentLogger } from '@pertybot/core/host';
import type { CommandReach } from '@pertybot/plugin-gpio';
import { besidePertybot } from '../bot-folder/bot-folder.js';
import { type Style, styleFor } from '../terminal/style.js';
import { wrap } from '../terminal/text-width.js';
import { type CheckedLevels, checkLevels, formatLevels } from './check-levels.js';
import { formatReach, warnForGood } from './format-reach.js';
import { type PluginFault, type Rehearsal, rehearseBot } from './rehearse-bot.js';

/** What came of a check. */
export interface CheckReport {
  /** Whether the bot could start. */
  readonly ok: boolean;
  /** For people, or as JSON. */
  readonly text: string;
}

const nothing: Rehearsal = { commands: [], outputs: [], warnings: [], faults: [], untried: [] };

/**
 * Checks plugins.yaml, tells which plugins would start and what chat could do to the pins.
 * @param json whether as JSON; then a file with faults is no error
 */
export async function runCheck(folder: string, json: boolean): Promise<CheckReport> {
  try {
    const bot = await Bot.load({ folder, logger: silentLogger, resolveFrom: besidePertybot });
    const plugins = bot.plugins.map(toListed);
    const rehearsal = (await rehearseBot(folder)) ?? nothing;
    const ok = !rehearsal.faults.some(({ certain }) => certain);
    const { prefix } = bot;
    const levels = await checkLevels(bot, rehearsal.outputs);
    if (json) return { ok, text: show({ ok, plugins, ...toJson(rehearsal, levels, prefix) }) };
    const checked = { plugins, rehearsal, levels, prefix, ok };
    return { ok, text: format(checked, styleFor(process.stdout)) };
  } catch (error) {
    if (!json || !(error instanceof ConfigError)) throw error;
    const { code, message, hint, problems } = error;
    return { ok: false, text: show({ ok: false, code, message, hint, problems }) };
  }
}

type Listed = ReturnType<typeof toListed>;

function toListed({ id, use, version, state, needs, provides, scopes }: PluginInfo) {
  return { id, use, version, enabled: state.name !== 'disabled', needs, provides, scopes };
}

function toJson(
  { commands, warnings, faults, untried }: Rehearsal,
  { levels, warnings: ofLevels }: CheckedLevels,
  prefix: string,
) {
  return {
    commands: commands.map(toListedCommand),
    levels,
    warnings: [...warnings, ...warnForGood(commands, prefix), ...ofLevels.map(toSentences)],
    faults,
    untried,
  };
}

function toListedCommand({ command, outputs }: CommandReach) {
  const { name, plugin, allow, cooldown } = command;
  return { name, plugin, allow, cooldown, outputs };
}

function toSentences({ message, hint }: Finding): string {
  return hint === undefined ? message : `${message} ${hint}`;
}

interface Checked {
  readonly plugins: readonly Listed[];
  readonly levels: CheckedLevels;
  readonly rehearsal: Rehearsal;
  readonly prefix: string;
  readonly ok: boolean;
}

function format({ plugins, rehearsal, levels, prefix, ok }: Checked, style: Style): string {
  const names = plugins.filter(({ enabled }) => enabled).map(({ id }) => id);
  const scopes = [...new Set(plugins.flatMap((plugin) => (plugin.enabled ? plugin.scopes : [])))];
  const { commands, warnings, faults, untried } = rehearsal;
  const fine = `${style.green('✓')} plugins.yaml is fine: ${names.join(', ') || 'no plugins'}.`;
  const reach = formatReach(commands, prefix, style).map((line) => `  ${line}`);
  const ofLevels = formatLevels(levels.levels).map((line) => {
    return `  ${wrap(line, process.stdout.columns, 4)}`;
  });
  const warned = [
    ...warnings,
    ...warnForGood(commands, prefix),
    ...levels.warnings.map(toSentences),
  ];
  return [
    ...(ok ? [fine] : []),
    ...(scopes.length > 0 ? [style.dim(`  Twitch scopes: ${scopes.join(', ')}`)] : []),
    ...(reach.length > 0 ? ['', 'What chat can do to the pins, at worst:', ...reach] : []),
    ...(ofLevels.length > 0 ? ['', 'The outputs while no bot holds them:', ...ofLevels] : []),
    ...(untried.length > 0
      ? [style.dim(`  Not tried, since it needs Twitch: ${untried.join(', ')}`)]
      : []),
    ...(warned.length + faults.length > 0 ? [''] : []),
    ...warned.map((text) => `${style.yellow('!')} ${wrap(text, process.stdout.columns, 2)}`),
    ...faults.map((fault) => formatFault(fault, style)),
  ].join('\n');
}

function formatFault({ plugin, message, hint, certain }: PluginFault, style: Style): string {
  const mark = certain ? style.red('✗') : style.yellow('!');
  const { columns } = process.stdout;
  const text = `${mark} ${wrap(`${plugin}: ${message}`, columns, 2)}`;
  return hint === undefined ? text : `${text}\n  ${wrap(hint, columns, 2)}`;
}

function show(value: unknown): string {
  return JSON.stringify(value, undefined, 2);
}
