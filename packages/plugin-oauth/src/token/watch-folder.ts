import { type FSWatcher, watch } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Clock, Undo } from '@pertybot/core';

/** Milliseconds between looks where the system does not tell of changes. */
const lookAgain = 5_000;

/**
 * Calls `listener` when a file of `folder` with such a name changes, appears or goes, whoever did it. Where the
 * folder cannot be watched (there is none yet, a network drive, no watches left) it is looked at every five
 * seconds.
 */
export function watchFolder(
  folder: string,
  names: RegExp,
  clock: Clock,
  listener: () => void,
): Undo {
  let stop: Undo = () => {};
  const poll = () => {
    stop = pollFolder(folder, names, clock, listener);
  };
  let watcher: FSWatcher;
  try {
    watcher = watch(folder, { persistent: false });
  } catch {
    poll();
    return () => stop();
  }
  watcher.on('change', (_event, name) => {
    if (name === null || names.test(String(name))) listener();
  });
  watcher.on('error', () => {
    watcher.close();
    poll();
  });
  stop = () => watcher.close();
  return () => stop();
}

function pollFolder(folder: string, names: RegExp, clock: Clock, listener: () => void): Undo {
  let known: string | undefined;
  let cancel: Undo = () => {};
  let stopped = false;
  const look = async () => {
    const now = await fingerprint(folder, names);
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

async function fingerprint(folder: string, names: RegExp): Promise<string> {
  const all = await readdir(folder).catch(() => []);
  const ours = all.filter((name) => names.test(name)).sort();
  const marks = ours.map(async (name) => {
    try {
      const { ino, mtimeMs, size } = await stat(path.join(folder, name));
      return `${name} ${ino} ${mtimeMs} ${size}`;
    } catch {
      return name;
    }
  });
  return (await Promise.all(marks)).join('\n');
}
