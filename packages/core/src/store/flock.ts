import { spawn } from 'node:child_process';
import { StoreError } from '../contracts/store.js';

/** How a lock is asked for. */
export interface FlockOptions {
  /** Beside others that share it, as who only looks does. @default false */
  readonly shared?: boolean;
  /** Milliseconds to wait for other holders. @default 0 */
  readonly wait?: number;
  /** Ends the waiting. */
  readonly signal?: AbortSignal | undefined;
}

/** flock(1) of util-linux and of BusyBox; perl where a machine has neither. PATH may be somebody's own. */
const locking = ['flock', '/usr/bin/flock', 'perl', '/usr/bin/perl'];

const perlScript = `
open(my $file, '+<&=', 3) or open($file, '<&=', 3) or exit 2;
exit(flock($file, $ARGV[0]) ? 0 : 1);
`;

/**
 * Locks an open file by flock(2). Node cannot call it, so a program that inherits the descriptor does, and ends: the
 * lock belongs to the open file that both share, and the kernel frees it when this process closes it, or dies.
 * @param file its descriptor
 * @param programs what is tried, in this order
 * @returns whether it is ours now; false when others hold it
 * @throws StoreError LOCK_FAILED when the machine cannot lock
 */
export async function flock(
  file: number,
  options: FlockOptions = {},
  programs: readonly string[] = locking,
): Promise<boolean> {
  const { shared = false, wait = 0, signal } = options;
  const limit = wait > 0 ? AbortSignal.timeout(wait) : undefined;
  const ending = AbortSignal.any([signal, limit].filter((each) => each !== undefined));
  for (const program of programs) {
    const words = wordsFor(program, { shared, waits: wait > 0 });
    const code = await run([program, ...words], file, ending);
    if (code === 0) return true;
    if (code === 1 || ending.aborted) return false;
    if (code === 'ENOENT') continue;
    throw new StoreError('LOCK_FAILED', `A lock cannot be taken: "${code}".`, {
      hint: 'Check how many processes and open files this user may have.',
    });
  }
  throw new StoreError('LOCK_FAILED', 'This machine has neither flock nor perl to lock files.', {
    hint: 'Install util-linux: sudo apt install util-linux',
  });
}

/** The file is descriptor 3. */
function wordsFor(
  program: string,
  { shared, waits }: { readonly shared: boolean; readonly waits: boolean },
): readonly string[] {
  if (program.endsWith('perl')) {
    return ['-e', perlScript, `${(shared ? 1 : 2) | (waits ? 0 : 4)}`];
  }
  return [shared ? '-s' : '-x', ...(waits ? [] : ['-n']), '3'];
}

/** @returns the program's exit code, or why it did not run */
function run(
  [program = '', ...words]: readonly string[],
  file: number,
  signal: AbortSignal,
): Promise<number | string> {
  return new Promise((resolve) => {
    const stdio = ['ignore', 'ignore', 'ignore', file] as const;
    try {
      const child = spawn(program, words, { stdio: [...stdio], signal });
      child.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
      child.once('exit', (code, by) => resolve(code ?? by ?? 'unknown'));
    } catch (error) {
      // Thrown where there is no descriptor left for its pipes.
      resolve(error instanceof Error ? error.message : 'unknown');
    }
  });
}
