import { chmodSync, chownSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { StoreError } from '../contracts/store.js';
import { FileLock, holderOfFile } from './file-lock.js';
import type { LockHolder, ProcessLock, ProcessLockOptions } from './lock.js';
import { holderOfSocket, SocketLock } from './socket-lock.js';

/**
 * Takes the lock `name` of a folder, which becomes its owner's alone. On Linux it is flock(2) on `NAME.lock` in
 * there: the kernel frees it when its holder dies, no clock and no stale file is involved, and no other user gets at
 * it. Elsewhere it is a listening socket.
 * @returns undefined while another process holds it
 * @throws StoreError LOCK_FAILED, FOLDER_NOT_YOURS; Node's error for a folder that cannot be written
 */
export async function takeLock(
  folder: string,
  name: string,
  options: ProcessLockOptions,
): Promise<ProcessLock | undefined> {
  makePrivateFolder(folder);
  const { take } = process.platform === 'linux' ? FileLock : SocketLock;
  return take(folder, name, options);
}

/**
 * Who holds the lock `name` of a folder.
 * @returns undefined when nobody does, `unknown` when it is somebody who does not say who
 * @throws StoreError LOCK_FAILED; Node's error for a file that cannot be read
 */
export async function lockHolder(
  folder: string,
  name: string,
): Promise<LockHolder | 'unknown' | undefined> {
  return process.platform === 'linux' ? holderOfFile(folder, name) : holderOfSocket(folder, name);
}

/** Rights of a folder that is its owner's alone. */
const ownersAlone = 0o700;

/**
 * Makes a folder its owner's alone (0700), whoever made it before, and what its owner may not do stays so; those above it as well, where they are missing.
 * One that root makes belongs to the owner of the folder around it, whose bot is to use it afterwards.
 * @throws StoreError FOLDER_NOT_YOURS when another user owns it
 * @throws Node's error, such as EACCES
 */
export function makePrivateFolder(folder: string): void {
  const made = mkdirSync(folder, { recursive: true, mode: ownersAlone });
  if (process.platform === 'win32') return;
  const { uid, mode } = statSync(folder);
  if (made !== undefined && process.geteuid?.() === 0) giveToOwner(folder, made);
  else if (isStranger(folder, uid)) throw notYours(folder);
  if ((mode & 0o077) !== 0) chmodSync(folder, mode & ownersAlone);
}

/** Root may use what belongs to the owner of the folder around it, whose bot it is. */
function isStranger(folder: string, uid: number): boolean {
  const own = process.geteuid?.() ?? uid;
  if (uid === own) return false;
  return own !== 0 || uid !== statSync(path.dirname(path.resolve(folder))).uid;
}

/** @param made the topmost folder that was made */
function giveToOwner(folder: string, made: string): void {
  const { uid, gid } = statSync(path.dirname(made));
  for (let each = path.resolve(folder); ; each = path.dirname(each)) {
    chownSync(each, uid, gid);
    if (each === path.resolve(made)) return;
  }
}

function notYours(folder: string): StoreError {
  return new StoreError('FOLDER_NOT_YOURS', `The folder "${folder}" belongs to another user.`, {
    hint: `Look at what is in it; then make it yours: sudo chown -R "$USER" "${folder}"`,
  });
}
