import { fork } from 'node:child_process';
import { join } from 'node:path';
import { type Finding, formatDuration, v } from '@pertybot/core';
import { ownFile } from '../bot-folder/own-package.js';
import { bareEnvironment, confinement } from '../bot-process/confinement.js';
import { lookingLimit } from '../bot-process/looking.js';
import type { PluginNote } from '../notes/plugin-note.js';
import type { PluginFacts } from '../plugins/package-manifest.js';
import { type TrialOrder, type TrialPhase, type TrialReport, trialReportSchema } from './trial.js';

/** What a trial found. */
export interface TrialResult {
  readonly findings: readonly Finding[];
  /** What the plugin's package should say of it, as far as the trial came. */
  readonly facts: Partial<PluginFacts>;
  /** What it brought, where that is to be remembered. */
  readonly note: PluginNote | undefined;
}

/** How long a start may take, milliseconds. */
const ordinaryLimit = 30_000;

/** After how long it is said that a plugin still loads, milliseconds. */
const slow = 2_000;

/** How long a part of the trial may take beside the start, milliseconds. */
const grace = 8_000;

/** What a part of the trial is checked for, and the words for what the plugin did meanwhile. */
const words: Readonly<Record<TrialPhase, readonly [subject: string, meanwhile: string]>> = {
  load: ['loads', 'while it was loaded'],
  config: ['config', 'while its config was checked'],
  start: ['start', 'while it started'],
  stop: ['stop', 'while it stopped'],
  'second start': ['second start', 'while it was started and stopped a second time'],
  end: ['stop', 'after it had stopped'],
};

/**
 * Loads, starts and stops a plugin in a process of its own, so that one that crashes, hangs, prints or
 * ends the process does so there.
 * @param tell told when it still loads after a while
 * @throws the signal's reason when it fired
 */
export function tryPlugin(
  order: TrialOrder,
  signal: AbortSignal,
  tell: (text: string) => void,
): Promise<TrialResult> {
  const program = ownFile('lib/verify/try-plugin-process.js');
  const child = fork(program, {
    cwd: order.folder,
    env: bareEnvironment(),
    // It may start programs, since those are looked for that it leaves.
    execArgv: [...confinement({ writable: writableOf(order), mayStart: true })],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // A group of its own, so that what the plugin starts ends with it.
    detached: hasGroups,
    killSignal: 'SIGKILL',
    signal,
  });
  return new Promise((resolve, reject) => {
    const findings: Finding[] = [];
    let facts: Partial<PluginFacts> = {};
    let note: PluginNote | undefined;
    let phase: TrialPhase = 'load';
    let late = false;
    let complaint = '';
    let timer: NodeJS.Timeout | undefined;
    const patience = setTimeout(() => {
      if (phase === 'load') tell(`"${order.plugin.id}" has not finished loading yet.`);
    }, slow);
    const limit = () => limitOf(phase, order.startTimeout);
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        late = true;
        child.kill('SIGKILL');
      }, limit());
    };
    const take = (report: TrialReport) => {
      findings.push(...report.findings);
      facts = { ...facts, ...report.facts };
      note = report.note ?? note;
      phase = report.phase;
      wait();
    };
    child.stderr?.on('data', (part) => {
      complaint = `${complaint}${part}`.slice(-4_000);
    });
    child.on('message', (message) => {
      const report = v.safeParse(trialReportSchema, message);
      if (report.success) take(report.output);
    });
    child.on('error', (error) => reject(signal.aborted ? signal.reason : error));
    child.on('exit', () => endGroup(child.pid));
    child.on('close', (code, killed) => {
      clearTimeout(timer);
      clearTimeout(patience);
      if (phase !== 'end') {
        const how = late
          ? `did not give the process back for ${formatDuration(limit())}`
          : `ended the process with ${killed ?? `exit code ${code}`}`;
        findings.push(toFinding(phase, how, lastLine(complaint)));
      }
      resolve({ findings, facts, note });
    });
    wait();
    child.send(order);
  });
}

/** The trial's own folder, and where the types of local plugins are stripped into. */
function writableOf({ temporary, folder }: TrialOrder): readonly string[] {
  return [temporary, join(folder, '.pertybot', 'cache')];
}

const hasGroups = process.platform !== 'win32';

/** Ends what the plugin started and left running. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined || !hasGroups) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing was left.
  }
}

/** Core ends what is too slow; this is for what gives the process back to nobody. */
function limitOf(phase: TrialPhase, startTimeout = ordinaryLimit): number {
  if (phase === 'load' || phase === 'config') return lookingLimit;
  return grace + (phase === 'stop' ? 0 : startTimeout);
}

function toFinding(phase: TrialPhase, how: string, complaint: string | undefined): Finding {
  const [subject, meanwhile] = words[phase];
  const said = complaint === undefined ? '' : ` It wrote: ${complaint}`;
  return {
    level: 'error',
    subject,
    message: `It ${how} ${meanwhile}.${said}`,
    hint: 'It would take the whole bot along: throw errors, never end the process, and never wait in a loop.',
  };
}

function lastLine(text: string): string | undefined {
  return text.trim().split('\n').at(-1)?.trim() || undefined;
}
