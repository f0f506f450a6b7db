import { chmodSync, lstatSync, readdirSync, type Stats, statSync } from 'node:fs';
import path from 'node:path';
import { errorCodeOf } from '../contracts/errors.js';
import { StoreError } from '../contracts/store.js';

/** Folders of a state folder from which code is run, or in which a bot writes. */
const ownFolders: readonly string[] = ['cache', 'logs', 'notes', 'stores'];

/**
 * Refuses what another user left in a state folder while that stood open to him: a cache from which code would be run,
 * a link through which a log would overwrite something else. Closing the folder afterwards does not undo that.
 * @param folder the state folder; one that is not there, or that may not be read, has nothing to refuse
 * @throws StoreError FOLDER_NOT_YOURS naming the entry
 */
export function refuseStrangers(folder: string): void {
  if (process.platform === 'win32') return;
  const around = lookAt(path.dirname(path.resolve(folder)), statSync);
  const link = lookAt(folder, lstatSync);
  const state = lookAt(folder, statSync);
  if (!around || !link || !state) return;
  const users = new Set([around.uid, process.geteuid?.() ?? around.uid, 0]);
  for (const { uid } of [link, state]) if (!users.has(uid)) throw notYours(folder, strange);
  users.add(state.uid);
  for (const [entry, found] of entriesOf(folder)) {
    if (!users.has(found.uid)) throw notYours(entry, strange);
    if (!ownFolders.includes(path.basename(entry))) continue;
    requireOwnFolder(entry, found);
    const stranger = entriesOf(entry).find(([, { uid }]) => !users.has(uid));
    if (stranger) throw notYours(stranger[0], strange);
  }
}

const strange = 'belongs to another user';

function requireOwnFolder(folder: string, found: Stats): void {
  if (!found.isDirectory()) throw notYours(folder, 'is no folder');
  if ((found.mode & 0o022) !== 0) throw notYours(folder, 'can be written by other users');
  // What others may only read is closed, where that is the caller's to do.
  if ((found.mode & 0o077) !== 0 && found.uid === process.geteuid?.()) {
    chmodSync(folder, found.mode & 0o700);
  }
}

function entriesOf(folder: string): readonly (readonly [string, Stats])[] {
  try {
    return readdirSync(folder).flatMap((name) => {
      const entry = path.join(folder, name);
      const found = lookAt(entry, lstatSync);
      return found ? [[entry, found] as const] : [];
    });
  } catch (error) {
    if (isOutOfReach(error)) return [];
    throw error;
  }
}

function lookAt(entry: string, look: (entry: string) => Stats): Stats | undefined {
  try {
    return look(entry);
  } catch (error) {
    if (isOutOfReach(error)) return undefined;
    throw error;
  }
}

/** Whoever uses it anyway gets the system's own error. */
function isOutOfReach(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'ELOOP'].includes(errorCodeOf(error) ?? '');
}

function notYours(entry: string, why: string): StoreError {
  return new StoreError('FOLDER_NOT_YOURS', `"${entry}" ${why}.`, {
    hint: `Look at what it is; then remove it: sudo rm -r "${entry}"`,
  });
}
