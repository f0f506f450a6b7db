import { lstat } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
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

/** Longest path that a Unix socket takes everywhere: macOS has 104 bytes, with the byte at its end. */
const longestPath = 100;

/** The name of a named pipe of Windows. */
export function pipeName(name: string): string {
  return `\\\\.\\pipe\\${name}`;
}

/** Whether a socket can have this path. */
export function fitsSocket(path: string): boolean {
  return Buffer.byteLength(path) <= longestPath;
}

/** Connects to a local socket. @returns undefined when nobody listens there */
export function connectTo(address: string): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect(address);
    const onError = () => resolve(undefined);
    socket.once('error', onError);
    socket.once('connect', () => {
      socket.off('error', onError);
      resolve(socket);
    });
  });
}
