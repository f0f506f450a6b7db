import { FileLock, holderOfFile } from './file-lock.js';
import type { LockHolder } from './lock.js';
import type { ProcessLock, ProcessLockOptions } from './lock-options.js';
import { makePrivateFolder } from './private-folder.js';
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
