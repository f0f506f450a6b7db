import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { guardianName } from './guardian-script.js';
import { identify, type ProcessIdentity } from './process-identity.js';

/** Milliseconds that a guardian gets to switch everything off, and to leave after its bot. */
const patience = 1_000;

/** Milliseconds between two looks at it. */
const pause = 20;

/**
 * Has a guardian, of whatever bot, set all its outputs to their safe levels.
 * @returns whether it says that they all have them
 */
export async function askGuardian(guardian: ProcessIdentity): Promise<boolean> {
  const before = answersOf(guardian);
  if (before === undefined) return false;
  try {
    // One that was stopped hears nothing else.
    process.kill(guardian.pid, 'SIGCONT');
    process.kill(guardian.pid, 'SIGUSR2');
  } catch {
    return false;
  }
  const deadline = performance.now() + patience;
  while (performance.now() < deadline) {
    if ((answersOf(guardian) ?? before) > before) return true;
    await sleep(pause);
  }
  return false;
}

/** Waits for a guardian to leave after its bot. */
export async function untilGone(guardian: ProcessIdentity): Promise<void> {
  const deadline = performance.now() + patience;
  while (answersOf(guardian) !== undefined && performance.now() < deadline) await sleep(pause);
}

/**
 * How often the guardian has had everything off at somebody's wish, which it keeps in its title.
 * @returns undefined when the process is no guardian, or another one by now
 */
function answersOf({ pid, started }: ProcessIdentity): number | undefined {
  if (identify(pid)?.started !== started) return undefined;
  try {
    if (readFileSync(`/proc/${pid}/comm`, 'utf8').trim() !== guardianName) return undefined;
    const title = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return Number(/ off (\d+)/.exec(title)?.[1] ?? 0);
  } catch {
    return undefined;
  }
}
