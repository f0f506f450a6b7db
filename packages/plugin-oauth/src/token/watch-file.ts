import { type FSWatcher, watch } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Clock, Undo } from '@pertybot/core';

/** Milliseconds between looks where the system does not tell of changes. */
const lookAgain = 5_000;

/**
 * Calls `listener` when `file` changes, appears or goes, whoever did it. The folder is watched, since a
 * rename puts another file in the place of the old one; where that cannot be had (no folder yet, a network
 * drive, no watches left) the file is looked at every five seconds.
 */
export function watchFile(file: string, clock: Clock, listener: () => void): Undo {
  let stop: Undo = () => {};
  const poll = () => {
    stop = pollFile(file, clock, listener);
  };
  let watcher: FSWatcher;
  try {
    watcher = watch(path.dirname(file), { persistent: false });
  } catch {
    poll();
    return () => stop();
  }
  watcher.on('change', (_event, name) => {
    if (name === null || String(name) === path.basename(file)) listener();
  });
  watcher.on('error', () => {
    watcher.close();
    poll();
  });
  stop = () => watcher.close();
  return () => stop();
}

function pollFile(file: string, clock: Clock, listener: () => void): Undo {
  let known: string | undefined;
  let cancel: Undo = () => {};
  let stopped = false;
  const look = async () => {
    const now = await fingerprint(file);
    if (stopped) return;
    if (known !== undefined && known !== now) listener();
    known = now;
    cancel = clock.after(lookAgain, look);
  };
  void look();
  return () => {
    stopped = true;
    cancel();
  };
}

async function fingerprint(file: string): Promise<string> {
  try {
    const { ino, mtimeMs, size } = await stat(file);
    return `${ino} ${mtimeMs} ${size}`;
  } catch {
    return 'none';
  }
}
