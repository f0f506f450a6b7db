import { fork } from 'node:child_process';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v } from '@pertybot/core';
import { readBotFileText } from '@pertybot/core/host';
import { besidePertybot } from '../bot-folder/bot-folder.js';
import { ownFile } from '../bot-folder/own-package.js';
import { bareEnvironment, confinement } from '../bot-process/confinement.js';
import { pruneNotes, writeNote } from '../notes/note-files.js';
import { CliError } from '../terminal/cli-error.js';
import { type TriedBot, type TryOrder, tryReportSchema } from './trial-report.js';

/** How long a bot may take to start and stop, milliseconds; each plugin has its own limit within it. */
const trialLimit = 90_000;

/**
 * Starts a bot in a process of its own, without Twitch and on a board in memory, notes what its plugins brought, and
 * stops it. Its plugins run for that: they may reach the network.
 * @param folder of a bot whose local plugins have been loaded before
 * @throws CliError CLI_TRIAL_FAILED when nothing came of it; the signal's reason when it fired
 */
export async function tryBot(folder: string, signal: AbortSignal): Promise<TriedBot> {
  const stateFolder = await realpath(await mkdtemp(join(tmpdir(), 'pertybot-check-')));
  try {
    const env = variablesOf(await readBotFileText(folder), process.env);
    const tried = await run({ folder, stateFolder, env, resolveFrom: [...besidePertybot] }, signal);
    for (const { id, note } of tried.plugins) if (note) await writeNote(folder, id, note);
    await pruneNotes(
      folder,
      tried.plugins.map(({ id }) => id),
    );
    return tried;
  } finally {
    await rm(stateFolder, { recursive: true, force: true });
  }
}

/** The variables that a plugins.yaml names; nothing else of the owner's shell is for plugins. */
function variablesOf(text: string, environment: NodeJS.ProcessEnv): Record<string, string> {
  const names = [...text.matchAll(/\$\{([A-Za-z_][A-Za-z0-9_]*)/g)].map(([, name = '']) => name);
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = environment[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function run(order: TryOrder, signal: AbortSignal): Promise<TriedBot> {
  const child = fork(ownFile('lib/check/try-bot-process.js'), {
    cwd: order.folder,
    env: bareEnvironment(),
    execArgv: [...confinement({ writable: [order.stateFolder] })],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    timeout: trialLimit,
    killSignal: 'SIGKILL',
    signal,
  });
  return new Promise((resolve, reject) => {
    child.on('message', (message) => {
      const report = v.safeParse(tryReportSchema, message);
      if (!report.success) reject(trialError('It told something else than what came of it.'));
      else if (report.output.ok) resolve(report.output);
      else reject(trialError(report.output.message, report.output.hint));
    });
    child.on('error', (error) => reject(signal.aborted ? signal.reason : error));
    // After an answer the promise is settled, and this says nothing more.
    child.on('exit', (code, killed) => {
      const how =
        killed === 'SIGKILL'
          ? 'A plugin did not give the process back'
          : `A plugin ended the process with ${killed ?? `exit code ${code}`}`;
      reject(trialError(`${how} while the bot was tried.`));
    });
    child.send(order);
  });
}

function trialError(message: string, hint?: string): CliError {
  return new CliError('CLI_TRIAL_FAILED', message, {
    hint: hint ?? 'Try each plugin alone: pertybot plugins verify ID',
  });
}
