import { type FileHandle, open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { logFileNames } from './log-file.js';

/** Milliseconds between two looks for new lines. */
const pause = 250;

/** The last lines that a bot logged, oldest first. */
export async function readLogs(folder: string, count: number): Promise<readonly string[]> {
  const texts = logFileNames.map((name) => readFile(join(folder, name), 'utf8').catch(() => ''));
  const lines = (await Promise.all(texts)).flatMap((text) => text.split('\n'));
  const full = lines.filter((line) => line !== '');
  return count === 0 ? [] : full.slice(-count);
}

/** Calls `print` with each line that is logged from now on, until `signal` fires. */
export async function followLogs(
  folder: string,
  print: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const path = join(folder, logFileNames[1]);
  let handle = await open(path).catch(() => undefined);
  let position = handle === undefined ? 0 : (await handle.stat()).size;
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
