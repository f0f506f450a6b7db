import {
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  ftruncateSync,
  lstatSync,
  openSync,
  readFileSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { errorCodeOf } from '../contracts/errors.js';
import { type FlockOptions, flock } from './flock.js';
import {
  describeHolder,
  type LockHolder,
  type ProcessLock,
  type ProcessLockOptions,
  parseHolder,
  startTimeOf,
} from './lock.js';

/** How long a lock may be held by somebody who cannot be seen to live, until that is believed, milliseconds. */
const doubt = 500;

/** Pause between two looks at such a lock, milliseconds. */
const betweenLooks = 25;

/** A lock by flock(2) on a file in a folder that is its owner's alone. */
export class FileLock implements ProcessLock {
  private constructor(
    private readonly descriptor: number,
    private readonly file: string,
    holder: LockHolder,
  ) {
    try {
      ftruncateSync(descriptor);
      writeSync(descriptor, `${JSON.stringify(holder)}\n`);
    } catch {
      // A full disk: it is held all the same, and says of its holder nothing.
    }
  }

  /** @returns undefined while another process holds it */
  static async take(
    folder: string,
    name: string,
    { command, wait = 0, signal }: ProcessLockOptions,
  ): Promise<FileLock | undefined> {
    const file = fileOf(folder, name);
    let patience = wait;
    for (;;) {
      const descriptor = await openOwn(file);
      const isOurs = await lockOpen(descriptor, file, { wait: patience, signal });
      if (isOurs === true) return new FileLock(descriptor, file, describeHolder(command));
      if (isOurs === 'replaced') continue;
      if (patience > 0 || signal?.aborted || liveHolder(file) !== undefined) return undefined;
      // Who only looks shares it for a moment, and a new holder has not said yet who it is.
      patience = doubt;
    }
  }

  /** Takes the file away while it is still locked: who waits for it finds that out, and makes a new one. */
  async release(): Promise<void> {
    try {
      if (isShown(this.descriptor, this.file)) rmSync(this.file);
    } catch {
      // One that stays is free all the same, and says nothing that anybody believes.
    }
    closeSync(this.descriptor);
  }
}

/** Who holds such a lock: undefined when nobody does. */
export async function holderOfFile(
  folder: string,
  name: string,
): Promise<LockHolder | 'unknown' | undefined> {
  const file = fileOf(folder, name);
  const end = performance.now() + doubt;
  for (;;) {
    const live = liveHolder(file);
    if (live !== undefined) return live;
    if (await isFree(file)) return undefined;
    // A process of another PID namespace, or one that has not said yet who it is.
    if (performance.now() >= end) return readHolder(file) ?? 'unknown';
    await pause(betweenLooks);
  }
}

function fileOf(folder: string, name: string): string {
  return path.join(folder, `${name}.lock`);
}

const flags = constants.O_RDWR | constants.O_CREAT | constants.O_APPEND | constants.O_NOFOLLOW;

/** Opens the file of a lock; one that another user may have open is replaced first. */
async function openOwn(file: string): Promise<number> {
  const found = attempt(() => lstatSync(file));
  if (found !== undefined && !isOwn(found, file)) await replace(file);
  const descriptor = openSync(file, flags, 0o600);
  try {
    if (process.geteuid?.() === 0) {
      const { uid, gid } = statSync(path.dirname(file));
      fchownSync(descriptor, uid, gid);
    }
    fchmodSync(descriptor, 0o600);
    return descriptor;
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

/** Whether a file was made by us, and nobody else can ever have opened it. */
function isOwn({ uid, mode, nlink }: Stats, file: string): boolean {
  const owners = [process.geteuid?.(), statSync(path.dirname(file)).uid];
  return owners.includes(uid) && (mode & 0o170077) === constants.S_IFREG && nlink === 1;
}

/**
 * Removes what a stranger may have open, from when the folder was not yet its owner's alone. Starters that come at the
 * same time go one by one, lest the later removes what the earlier has made in its place.
 */
async function replace(file: string): Promise<void> {
  const folder = openSync(path.dirname(file), constants.O_RDONLY);
  try {
    await flock(folder, { wait: doubt });
    const found = attempt(() => lstatSync(file));
    if (found !== undefined && !isOwn(found, file)) rmSync(file, { recursive: true });
  } finally {
    closeSync(folder);
  }
}

/**
 * Locks an open file, and closes it unless that is done.
 * @returns `replaced` when the file is no longer the one that the folder shows
 */
async function lockOpen(
  descriptor: number,
  file: string,
  options: FlockOptions,
): Promise<boolean | 'replaced'> {
  let isOurs = false;
  let shown = false;
  try {
    isOurs = await flock(descriptor, options);
    shown = isShown(descriptor, file);
  } finally {
    if (!isOurs || !shown) closeSync(descriptor);
  }
  return shown ? isOurs : 'replaced';
}

/** Whether the file that is open is still the one that the folder shows. */
function isShown(descriptor: number, file: string): boolean {
  return attempt(() => lstatSync(file))?.ino === fstatSync(descriptor).ino;
}

/** Whether nobody holds the lock; to see that, it is shared for a moment. */
async function isFree(file: string): Promise<boolean> {
  let descriptor: number;
  try {
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT' || errorCodeOf(error) === 'ENOTDIR') return true;
    throw error;
  }
  try {
    return await flock(descriptor, { shared: true });
  } finally {
    closeSync(descriptor);
  }
}

/** The holder that the file names, if that process lives. */
function liveHolder(file: string): LockHolder | undefined {
  const holder = readHolder(file);
  if (holder?.startTime === undefined) return undefined;
  return startTimeOf(holder.pid) === holder.startTime ? holder : undefined;
}

function readHolder(file: string): LockHolder | undefined {
  return parseHolder(attempt(() => readFileSync(file, 'utf8')) ?? '');
}

/** The result of `work`, or undefined when it throws. */
function attempt<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
