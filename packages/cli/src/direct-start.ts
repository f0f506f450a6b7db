import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type RunStartOptions, runStart } from './start/run-start.js';
import { reportError } from './terminal/report-error.js';

const logLevels = ['debug', 'info', 'warn', 'error'] as const;

/** Flags of `pertybot start`, as `node:util` describes them. */
export const startFlags = {
  dir: { type: 'string', default: '.' },
  'log-level': { type: 'string', default: 'info' },
  verbose: { type: 'boolean', default: false },
} as const;

/** What `pertybot start` was told, and how its errors are to be written. */
export type StartWords = RunStartOptions & { readonly verbose: boolean };

/**
 * Reads the words behind `pertybot start`.
 * @returns undefined for anything that is not plain: oclif then helps, or says what is wrong
 */
export function readStartWords(words: readonly string[]): StartWords | undefined {
  try {
    const { values } = parseArgs({ args: [...words], options: startFlags });
    const logLevel = logLevels.find((level) => level === values['log-level']);
    if (logLevel === undefined || values.dir.trim() === '') return undefined;
    return { folder: resolve(values.dir), logLevel, verbose: values.verbose };
  } catch {
    return undefined;
  }
}

/**
 * Runs `pertybot start` without oclif, which would take 11 MB for as long as the bot runs.
 * @returns whether it did; false for words that oclif has to look at
 */
export async function startDirectly(words: readonly string[]): Promise<boolean> {
  const options = readStartWords(words);
  if (options === undefined) return false;
  try {
    await runStart(options);
  } catch (error) {
    const { verbose } = options;
    process.stderr.write(reportError(error, { stream: process.stderr, verbose }));
    process.exitCode = 1;
  }
  return true;
}
