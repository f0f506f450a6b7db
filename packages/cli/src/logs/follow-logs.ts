import { type FileHandle, open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { logFileNames } from './log-file.js';

/** Milliseconds between two looks for new lines. */
const pause = 250;

/** The last lines that a bot logged. */
export interface LastLogs {
  /** Oldest first. */
  readonly lines: readonly string[];
  /** Bytes of the newest file that have been read. */
  readonly end: number;
}

/** Reads the last lines that a bot logged. */
export async function readLogs(folder: string, count: number): Promise<LastLogs> {
  const texts = logFileNames.map((name) => readFile(join(folder, name)).catch(() => Buffer.of()));
  const [older = Buffer.of(), newer = Buffer.of()] = await Promise.all(texts);
  const lines = `${older}${newer}`.split('\n').filter((line) => line !== '');
  return { lines: count === 0 ? [] : lines.slice(-count), end: newer.length };
}

/** How {@link followLogs} goes on. */
export interface FollowLogsOptions {
  /** Where {@link readLogs} ended. */
  readonly end: number;
  /** Ends it. */
  readonly signal: AbortSignal;
  print(line: string): void;
}

/** Prints each line that is logged from now on. */
export async function followLogs(folder: string, options: FollowLogsOptions): Promise<void> {
  const { end, signal, print } = options;
  const path = join(folder, logFileNames[1]);
  let handle = await open(path).catch(() => undefined);
  // A smaller file is another one than was read.
  let position = handle === undefined || (await handle.stat()).size < end ? 0 : end;
  let rest = '';
  const drain = async (from: FileHandle) => {
    const { buffer, bytesRead } = await from.read({ buffer: Buffer.alloc(65_536), position });
    position += bytesRead;
    // Whole lines are written at once, so that no character is cut.
    const lines = `${rest}${buffer.toString('utf8', 0, bytesRead)}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) print(line);
    return bytesRead;
  };
  while (!signal.aborted) {
    const isOld = handle === undefined || (await handle.stat()).ino !== (await inodeOf(path));
    while (handle !== undefined && (await drain(handle)) > 0);
    if (isOld) {
      await handle?.close();
      handle = await open(path).catch(() => undefined);
      position = 0;
      rest = '';
      if (handle !== undefined) continue;
    }
    await sleep(pause, undefined, { signal }).catch(() => undefined);
  }
  await handle?.close();
}

async function inodeOf(path: string): Promise<number | undefined> {
  return (await stat(path).catch(() => undefined))?.ino;
}
