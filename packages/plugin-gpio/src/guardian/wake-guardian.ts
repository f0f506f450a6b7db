import { readFileSync, statSync } from 'node:fs';
import { guardianName } from './guardian-script.js';

/**
 * Has a guardian set its lines to their safe levels. One that was stopped is continued first: it would hear
 * nothing. Nobody else is sent anything, and a guardian that ended meanwhile has done its work.
 * @param owner user id of the bot, when it is another than that of this process
 */
export function wakeGuardian(pid: number, owner?: number): void {
  if (!isGuardian(pid, owner)) return;
  for (const signal of ['SIGCONT', 'SIGUSR2'] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      // It ended between the look and the signal.
    }
  }
}

/** Whether the process is a guardian still: its number may be somebody else's by now. */
export function isGuardian(pid: number, owner?: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 1) return false;
  try {
    const { uid } = statSync(`/proc/${pid}`);
    const isOurs = uid === process.getuid?.() || uid === owner;
    return isOurs && readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === guardianName;
  } catch {
    return false;
  }
}
