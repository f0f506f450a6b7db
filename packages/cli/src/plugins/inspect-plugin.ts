import { fork } from 'node:child_process';
import { v } from '@pertybot/core';
import { isLocalUse } from '@pertybot/core/host';
import { ownFile } from '../bot-folder/own-package.js';
import { bareEnvironment, confinement } from '../bot-process/confinement.js';
import { CliError } from '../terminal/cli-error.js';
import { type Inspection, inspectionSchema } from './inspected-plugin.js';

/** How long a plugin may take to be loaded, milliseconds. */
const loadLimit = 30_000;

/**
 * Loads a plugin in a process of its own that ends at once, so that one that crashes, hangs or prints
 * does so there. It runs the plugin's code: only for what its owner has said yes to.
 * @throws the signal's reason when it fired; CliError CLI_PLUGIN_REFUSED when the process died
 */
export function inspectPlugin(
  use: string,
  folder: string,
  signal?: AbortSignal,
): Promise<Inspection> {
  const program = ownFile('lib/plugins/inspect-plugin-process.js');
  return new Promise((resolve, reject) => {
    const child = fork(program, [use, folder], {
      cwd: folder,
      env: bareEnvironment(),
      // A file of the bot is its owner's own, and its types are stripped into the cache by a process of their own.
      execArgv: isLocalUse(use) ? [] : [...confinement()],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      timeout: loadLimit,
      killSignal: 'SIGKILL',
      ...(signal && { signal }),
    });
    let complaint = '';
    child.stderr?.on('data', (part) => {
      complaint = `${complaint}${part}`.slice(-4_000);
    });
    child.on('message', (message) => {
      const inspection = v.safeParse(inspectionSchema, message);
      if (inspection.success) resolve(inspection.output);
    });
    child.on('error', (error) => reject(signal?.aborted ? signal.reason : error));
    // After an answer the promise is settled, and this says nothing more.
    child.on('exit', (code, killed) => reject(died(use, code, killed, complaint)));
  });
}

function died(
  use: string,
  code: number | null,
  killed: string | null,
  complaint: string,
): CliError {
  const how =
    killed === 'SIGKILL'
      ? 'did not load within 30 seconds'
      : `ended its process with ${killed ?? `exit code ${code}`} while it was loaded`;
  return new CliError('CLI_PLUGIN_REFUSED', `The plugin "${use}" ${how}.`, {
    hint: 'A plugin must do nothing when it is imported; report it to its author.',
    ...(complaint !== '' && { cause: new Error(complaint.trim()) }),
  });
}
