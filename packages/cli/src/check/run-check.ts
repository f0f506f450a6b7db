import type { Finding } from '@pertybot/core';
import { ConfigError, type PluginInfo } from '@pertybot/core/host';
import { interruptible } from '../bot-process/shutdown.js';
import { readEngagedStop } from '../status/engaged-stop.js';
import { styleFor } from '../terminal/style.js';
import { checkLevels } from './check-levels.js';
import { type Checked, formatCheck, warnForGood } from './format-check.js';
import { type Look, lookAtBot } from './look-at-bot.js';
import { deniedInWords, type TriedBot } from './trial-report.js';
import { tryBot } from './try-bot.js';
import { findWorstCases } from './worst-cases.js';

/** How {@link runCheck} looks and tells. */
export interface RunCheckOptions {
  readonly json: boolean;
  /** Whether the plugins are started for it, on a board in memory. */
  readonly isTrial: boolean;
  /** Told what happens before it does. */
  tell(text: string): void;
}

/** What came of a check. */
export interface CheckReport {
  /** 0 when the bot could start, 1 when it could not, 3 when nothing but variables is missing. */
  readonly code: 0 | 1 | 3;
  /** For people, or as JSON. */
  readonly text: string;
}

/**
 * Checks plugins.yaml, tells which plugins would start and what chat could do to the pins.
 * @throws ConfigError when it has faults, unless as JSON
 */
export async function runCheck(folder: string, options: RunCheckOptions): Promise<CheckReport> {
  const { json, isTrial, tell } = options;
  try {
    const first = await lookAtBot(folder);
    if (first.mistakes) throw first.mistakes;
    if (!isTrial) return report(withStop(first, folder), undefined, json);
    tell(
      'Starting the plugins, on a board in memory and without Twitch. They may reach the network.',
    );
    const tried = await interruptible((signal) => tryBot(folder, signal));
    const second = await lookAtBot(folder);
    if (second.mistakes) throw second.mistakes;
    return report(withStop(second, folder), tried, json);
  } catch (error) {
    if (!json || !(error instanceof ConfigError)) throw error;
    const { code, message, hint, problems } = error;
    return { code: 1, text: show({ ok: false, code, message, hint, problems }) };
  }
}

/** A stop that holds is why nothing would be switched on. */
function withStop(look: Look, folder: string): Look {
  const stop = readEngagedStop(folder);
  return stop === undefined ? look : { ...look, warnings: [stop, ...look.warnings] };
}

async function report(
  look: Look,
  tried: TriedBot | undefined,
  json: boolean,
): Promise<CheckReport> {
  const { bot, commands, rewards, outputs, unknown } = look;
  const [levels, worst] = await Promise.all([checkLevels(bot, outputs), findWorstCases(look)]);
  const { prefix, lacking } = bot;
  const started = tried?.plugins ?? [];
  const denied = new Set(tried?.denied);
  const faults = [
    ...started.flatMap(({ id: plugin, fault }) => (fault ? [{ plugin, ...fault }] : [])),
    ...[...denied].map((place) => ({
      plugin: place === '' ? 'a plugin' : place,
      message: deniedInWords,
      certain: true,
    })),
  ];
  const notRun = ['waiting', 'stopped', 'loaded'];
  const checked: Checked = {
    plugins: bot.plugins.map(toListed),
    commands,
    rewards,
    prefix,
    levels,
    worst,
    warnings: [
      ...look.warnings,
      ...warnForGood(commands, prefix),
      ...levels.warnings.map(toSentences),
    ],
    faults,
    untried: started.filter(({ state }) => notRun.includes(state)).map(({ id }) => id),
    // After a trial it is told why.
    unknown: tried === undefined ? unknown : [],
    lacking,
  };
  const isWrong = faults.some(({ certain }) => certain);
  const code = isWrong ? 1 : lacking.size > 0 ? 3 : 0;
  return {
    code,
    text: json ? show(toJson(checked, code)) : formatCheck(checked, styleFor(process.stdout)),
  };
}

function toListed({ id, use, version, state, needs, provides, scopes }: PluginInfo) {
  return { id, use, version, enabled: state.name !== 'disabled', needs, provides, scopes };
}

function toJson(
  { commands, rewards, levels, lacking, ...checked }: Checked,
  code: CheckReport['code'],
) {
  return {
    ok: code === 0,
    ...checked,
    commands: commands.map(({ command, outputs }) => {
      const { name, plugin, allow, cooldown } = command;
      return { name, plugin, allow, cooldown, outputs };
    }),
    rewards: rewards.map(({ reward, outputs }) => {
      const { title, cost, plugin, cooldown, maxPerStream } = reward;
      return { title, cost, plugin, cooldown, maxPerStream, outputs };
    }),
    levels: levels.levels,
    lacking: Object.fromEntries(lacking),
  };
}

function toSentences({ message, hint }: Finding): string {
  return hint === undefined ? message : `${message} ${hint}`;
}

function show(value: unknown): string {
  return JSON.stringify(value, undefined, 2);
}
