// The program of a process that lives for the trial of one plugin: it loads, starts and stops it, and
// tells what it found after each part, so that its parent knows where it was when it died.
import { dirname } from 'node:path';
import { errorCodeOf, type Finding, isPertyError, messageOf, type Plugin, v } from '@pertybot/core';
import {
  FolderPluginLoader,
  fingerprintOf,
  type LoadedPlugin,
  serviceName,
} from '@pertybot/core/host';
import type { TestBot } from '@pertybot/core/testing';
import { besidePertybot } from '../bot-folder/bot-folder.js';
import { noteOf } from '../notes/plugin-note.js';
import { checkConfig, checkNames, faultsOf } from './definition-checks.js';
import { checkLife } from './life-checks.js';
import { type TrialOrder, type TrialReport, type TriedPlugin, trialOrderSchema } from './trial.js';

const strays: unknown[] = [];
process.on('uncaughtException', (error) => void strays.push(error));
process.on('unhandledRejection', (error) => void strays.push(error));
// Also keeps the process alive while the plugin has nothing to do.
process.on('disconnect', () => process.exit());
process.once('message', (message) => void run(v.parse(trialOrderSchema, message)));

async function run(order: TrialOrder): Promise<void> {
  const { id, config } = order.plugin;
  const found = await load(order.plugin, 'loads');
  if (!('plugin' in found)) return end([found]);
  const { plugin } = found;
  const loaded: Finding = { level: 'ok', subject: 'loads', message: 'It can be loaded.' };
  const facts = {
    provides: (plugin.provides ?? []).map(serviceName),
    needs: Object.values(plugin.needs ?? {}).map(serviceName),
  };
  tell({ phase: 'config', findings: [loaded, ...checkNames(plugin, id)], facts });
  const schema = await checkConfig(plugin, config);
  const faults = await faultsOf(plugin, config);
  if (faults.length > 0) return end([...schema, unstarted(faults, config)]);
  tell({ phase: 'start', findings: [...schema] });
  const beside: { plugin: Plugin; id: string; config: unknown }[] = [];
  for (const each of order.beside) {
    const other = await load(each, 'start');
    if (!('plugin' in other)) return end([other]);
    beside.push({ plugin: other.plugin, id: each.id, config: each.config });
  }
  const { startTimeout } = order;
  const fingerprint = await fingerprintFor(order, found);
  const noted = (bot: TestBot) => fingerprint && noteOf(bot, id, fingerprint);
  await checkLife({
    entry: { plugin, id, config, ...(startTimeout !== undefined && { startTimeout }) },
    beside,
    folders: { bot: order.folder, state: order.temporary },
    home: homeOf(found),
    strays,
    tell: (phase, findings, started) => {
      const report = { phase, findings: [...findings] };
      if (started === undefined) return tell(report);
      const note = noted(started.bot);
      const { commands } = started;
      tell({ ...report, facts: { commands: [...commands] }, ...(note && { note }) });
    },
  });
  end([]);
}

/** Milliseconds; before the parent loses its patience, so that the author is told what it waits for. */
const importLimit = 8_000;

async function load({ ways }: TriedPlugin, subject: string): Promise<LoadedPlugin | Finding> {
  for (const [index, { use, folder }] of ways.entries()) {
    try {
      const loader = new FolderPluginLoader({
        folder,
        resolveFrom: besidePertybot,
        limit: importLimit,
      });
      return await loader.load(use);
    } catch (error) {
      if (index + 1 < ways.length && mayElsewise(error)) continue;
      const hint = isPertyError(error) ? error.hint : undefined;
      return { level: 'error', subject, message: messageOf(error), ...(hint && { hint }) };
    }
  }
  return { level: 'error', subject, message: 'There is no plugin.' };
}

/** Undefined where it is tried otherwise than plugins.yaml has it. */
async function fingerprintFor(
  { plugin: { written }, folder }: TrialOrder,
  { module, files, resolved }: LoadedPlugin,
): Promise<string | undefined> {
  if (written === undefined) return undefined;
  const version = resolved.kind === 'package' ? resolved.version : undefined;
  return fingerprintOf({ module, version, files, written }, folder);
}

/** Whether it is only that the folder of the plugin has no core, or one of its own. */
function mayElsewise(error: unknown): boolean {
  const code = errorCodeOf(error) ?? '';
  if (['PLUGIN_SECOND_COPY', 'PLUGIN_NOT_INSTALLED'].includes(code)) return true;
  return /Cannot find package '@pertybot\//.test(messageOf(error));
}

/** Folder of the files that stacks name: its package, or that of a local plugin, whose copy goes by its name. */
function homeOf({ resolved }: LoadedPlugin): string {
  return resolved.kind === 'package' ? resolved.folder : dirname(resolved.file);
}

function unstarted(faults: readonly string[], config: unknown): Finding {
  const said = faults.join('; ');
  return {
    level: 'error',
    subject: 'start',
    message:
      config === undefined
        ? `It was not started, since it needs a config: ${said}.`
        : `It was not started, since it does not take its config: ${said}.`,
    hint: 'Give it one to be tried with: --config FILE, or --config "{ pin: GPIO17 }"',
  };
}

function tell(report: TrialReport): void {
  process.send?.(report);
}

function end(findings: readonly Finding[]): void {
  process.send?.({ phase: 'end', findings }, () => process.exit());
}
