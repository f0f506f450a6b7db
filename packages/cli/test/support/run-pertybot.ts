import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** Root of the repository. */
export const repository = join(__dirname, '..', '..', '..', '..');

/** The main file of the built program. */
export const program = join(repository, 'packages', 'cli', 'bin', 'run.js');

/** How {@link runPertybot} runs. */
export interface RunOptions {
  /** What is written to its stdin, which then ends. */
  readonly input?: string;
  readonly folder: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** A program that runs it, with the words before it. */
  readonly wrapper?: readonly [program: string, ...words: string[]];
  /** The main file of another PertyBot. @default that of this repository */
  readonly program?: string;
}

/** What a run of the program gave. */
export interface Run {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
}

/** Starts the built program, as a shell would. */
export function startPertybot(words: readonly string[], options: RunOptions): ChildProcess {
  const [first, ...others] = [
    ...(options.wrapper ?? []),
    process.execPath,
    options.program ?? program,
    ...words,
  ];
  return spawn(first ?? process.execPath, others, {
    cwd: options.folder,
    // jest's own options and NODE_ENV are none of the program's business.
    env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: '', ...options.environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

/** Runs the built program to its end. */
export async function runPertybot(words: readonly string[], options: RunOptions): Promise<Run> {
  const child = startPertybot(words, options);
  const { stdin, stdout, stderr } = child;
  if (!stdin || !stdout || !stderr) throw new Error('The program has no pipes.');
  stdin.end(options.input ?? '');
  const exit = once(child, 'exit');
  const [out, err] = await Promise.all([text(stdout), text(stderr)]);
  const [code] = await exit;
  return { stdout: out, stderr: err, code };
}

/** The JSON objects of `--json`. */
export function eventsOf(run: Pick<Run, 'stdout'>): Record<string, unknown>[] {
  return run.stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}
