import { readFileSync, statSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '@pertybot/core';
import { type LockHolder, startTimeOf } from '@pertybot/core/host';

/**
 * Sends a signal to the process that runs a bot, once it is proved to be that: the signal would end any other. A bot
 * that stands still is not continued: its guardian acts for it.
 * @param stateFolder of the bot
 * @param signal SIGUSR2 is the emergency stop
 * @returns a sentence about why it was not sent; undefined when it was
 */
export function signalBot(
  holder: Pick<LockHolder, 'pid' | 'startTime'>,
  stateFolder: string,
  signal: 'SIGUSR2' | 'SIGTERM' = 'SIGUSR2',
): string | undefined {
  const { pid } = holder;
  const doubt = doubtOf(holder, stateFolder, signal);
  if (doubt !== undefined) return `Process ${String(pid)} was sent nothing: ${doubt}.`;
  try {
    process.kill(pid, signal);
    return undefined;
  } catch (error) {
    return `Process ${pid} could not be sent ${signal}: ${messageOf(error)}.`;
  }
}

/** @returns why it is not proved that the process runs the bot of `stateFolder` */
function doubtOf(
  { pid, startTime }: Pick<LockHolder, 'pid' | 'startTime'>,
  stateFolder: string,
  signal: 'SIGUSR2' | 'SIGTERM',
): string | undefined {
  if (!Number.isSafeInteger(pid) || pid <= 1) return 'that is no process of a bot';
  const folder = join('/proc', String(pid));
  try {
    const { uid } = statSync(folder);
    const own = process.getuid?.();
    // Root stops the bot of whoever owns its folder.
    if (uid !== own && !(own === 0 && uid === statSync(stateFolder).uid)) return 'it is not yours';
    if (startTime === undefined) return 'when it began is not known';
    if (startTimeOf(pid) !== startTime) return 'it is another one by now';
    if (!catches(folder, constants.signals[signal])) return 'it does not listen to that signal';
    return undefined;
  } catch {
    return 'it is not there';
  }
}

function catches(folder: string, signal: number): boolean {
  const caught = /^SigCgt:\s*([0-9a-f]+)$/m.exec(readFileSync(join(folder, 'status'), 'utf8'))?.[1];
  return caught !== undefined && ((BigInt(`0x${caught}`) >> BigInt(signal - 1)) & 1n) === 1n;
}
