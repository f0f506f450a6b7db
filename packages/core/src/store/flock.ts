import { spawn } from 'node:child_process';
import { StoreError } from './store-error.js';

/** How a lock is asked for. */
export interface FlockOptions {
  /** Beside others that share it, as who only looks does. @default false */
  readonly shared?: boolean;
  /** Milliseconds to wait for other holders. @default 0 */
  readonly wait?: number;
  /** Ends the waiting. */
  readonly signal?: AbortSignal | undefined;
}

/** flock(1) of util-linux and of BusyBox; perl where a machine has neither. The file is descriptor 3. */
const ways: readonly ((shared: boolean, seconds: number) => readonly string[])[] = [
  (shared, seconds) => [
    'flock',
    shared ? '-s' : '-x',
    ...(seconds > 0 ? ['-w', `${seconds}`] : ['-n']),
    '3',
  ],
  (shared, seconds) => ['perl', '-e', perlScript, shared ? '1' : '2', `${Math.ceil(seconds)}`],
];

const perlScript = `
my ($how, $seconds) = @ARGV;
open(my $file, '+<&=', 3) or open($file, '<&=', 3) or exit 2;
$SIG{ALRM} = sub { exit 1 };
alarm $seconds if $seconds > 0;
exit(flock($file, $seconds > 0 ? $how : $how | 4) ? 0 : 1);
`;

/**
 * Locks an open file by flock(2). Node cannot call it, so a program that inherits the descriptor does, and ends: the
 * lock belongs to the open file that both share, and the kernel frees it when this process closes it, or dies.
 * @param file its descriptor
 * @returns whether it is ours now; false when others hold it
 * @throws StoreError LOCK_FAILED when the machine cannot lock
 */
export async function flock(file: number, options: FlockOptions = {}): Promise<boolean> {
  const { shared = false, wait = 0, signal } = options;
  for (const way of ways) {
    const code = await run(way(shared, wait / 1_000), file, signal);
    if (code === 0) return true;
    if (code === 1 || signal?.aborted) return false;
    if (code === 'ENOENT') continue;
    throw new StoreError('LOCK_FAILED', `A lock cannot be taken: "${code}".`, {
      hint: 'Check how many processes and open files this user may have.',
    });
  }
  throw new StoreError('LOCK_FAILED', 'This machine has neither flock nor perl to lock files.', {
    hint: 'Install util-linux: sudo apt install util-linux',
  });
}

/** @returns the program's exit code, or why it did not run */
function run(
  [program = '', ...words]: readonly string[],
  file: number,
  signal: AbortSignal | undefined,
): Promise<number | string> {
  return new Promise((resolve) => {
    const stdio = ['ignore', 'ignore', 'ignore', file] as const;
    try {
      const child = spawn(program, words, { stdio: [...stdio], ...(signal ? { signal } : {}) });
      child.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
      child.once('exit', (code, by) => resolve(code ?? by ?? 'unknown'));
    } catch (error) {
      // Thrown where there is no descriptor left for its pipes.
      resolve(error instanceof Error ? error.message : 'unknown');
    }
  });
}
