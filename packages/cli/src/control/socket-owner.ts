import { lstat } from 'node:fs/promises';
import { errorCodeOf } from '@pertybot/core';
import { toFolderError } from '../bot-folder/folder-error.js';

/**
 * Whose bot a state folder belongs to.
 * @returns the id of a user, -1 where there is no such folder
 * @throws CliError CLI_FOLDER_LOCKED
 */
export async function ownerOf(stateFolder: string): Promise<number> {
  try {
    return (await lstat(stateFolder)).uid;
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return -1;
    throw toFolderError(`"${stateFolder}" cannot be looked at`, error);
  }
}

/**
 * Whether a socket was made by this user, or by root, who may start a bot in anybody's folder. Where a folder
 * is open to others, one of theirs may lie there.
 */
export async function isSocketOf(owner: number, path: string): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined);
  return found?.isSocket() === true && (found.uid === owner || found.uid === 0);
}
