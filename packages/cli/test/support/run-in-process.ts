import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runCommand } from '@oclif/test';
import { type Run, repository } from './run-pertybot.js';

const root = join(repository, 'packages', 'cli');
let prepared: Promise<unknown> | undefined;

/** Runs a command of the built program in this process, which is quicker than a process of its own. */
export async function runInProcess(words: readonly string[], folder: string): Promise<Run> {
  // jest fails to link modules that are imported at once for the first time, as oclif does.
  prepared ??= import(pathToFileURL(join(root, 'lib', 'commands', 'start.js')).href);
  await prepared;
  const { stdout, stderr, error } = await runCommand([...words, '--dir', folder], { root });
  return { stdout, stderr, code: error === undefined ? 0 : (error.oclif?.exit ?? 1) };
}
