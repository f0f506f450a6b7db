import { createHash } from 'node:crypto';
import { lstat, mkdtemp, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { errorCodeOf } from '@pertybot/core';
import { toFolderError } from '../bot-folder/folder-error.js';
import { CliError } from '../terminal/cli-error.js';

/** File that tells where the socket is, when its path in the state folder would be too long. */
const noteName = 'control.path';

/** Longest note, bytes: a path that a socket can have is far shorter. */
const longestNote = 1_000;

const socketFile = 'control.sock';

/** How the folders begin that are made for such a socket; mkdtemp appends six characters. */
const folderPrefix = 'pertybot-';

/** Where a bot listens. */
export interface ControlAddress {
  readonly path: string;
  /** Removes the socket, and what was made for it alone. */
  remove(): Promise<void>;
}

/**
 * Where the running bot of a state folder listens for commands. Only a socket of the folder's owner is named, in a
 * folder where nobody else can put one.
 * @returns undefined when no bot has made one
 */
export async function findControlAddress(stateFolder: string): Promise<string | undefined> {
  const own = ownAddress(stateFolder);
  if (process.platform === 'win32') return own;
  const owner = await ownerOf(stateFolder);
  const address = own ?? (await noted(stateFolder, owner));
  return address !== undefined && (await isSocketOf(owner, address)) ? address : undefined;
}

/**
 * Makes the place where the bot of a state folder will listen; whoever calls it holds the bot's lock. The socket
 * that a dead bot left there goes, once nobody answers.
 * @throws CliError CLI_BOT_RUNS when somebody does
 */
export async function makeControlAddress(stateFolder: string): Promise<ControlAddress> {
  await refuseSecond(stateFolder);
  const own = ownAddress(stateFolder);
  if (own !== undefined) {
    const remove = () => removeSocket(own);
    await remove();
    return { path: own, remove };
  }
  const note = join(stateFolder, noteName);
  // The folder of a dead bot, where it is one of ours: so none is left behind, and none has to be deleted by a note.
  const left = await noted(stateFolder, await ownerOf(stateFolder));
  const path = left ?? join(await makeFolder(), socketFile);
  await removeSocket(path);
  await rm(note, { force: true });
  await writeFile(note, path, { mode: 0o600, flag: 'wx' });
  const remove = async () => {
    await rm(note, { force: true });
    await removeSocket(path);
    // Only when it is empty: whatever else lies there is not ours to delete.
    await rmdir(dirname(path)).catch(() => {});
  };
  return { path, remove };
}

async function refuseSecond(stateFolder: string): Promise<void> {
  const left = await findControlAddress(stateFolder);
  const socket = left === undefined ? undefined : await connectTo(left);
  if (socket === undefined) return;
  socket.destroy();
  // The lock reaches no further than a container; the socket, in a folder that it shares, does.
  throw new CliError('CLI_BOT_RUNS', `Another bot listens in "${stateFolder}".`, {
    hint: 'Stop it first; it may run in another container that has the same folder.',
  });
}

async function removeSocket(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  try {
    await rm(path, { force: true });
  } catch (cause) {
    throw new CliError('CLI_FOLDER_LOCKED', `"${path}" is in the way of the control socket.`, {
      hint: `Look at what it is; then remove it: rm -r "${path}"`,
      cause,
    });
  }
}

/** What the note says, where it can be believed: a folder of the owner's alone, made for such a socket. */
async function noted(stateFolder: string, owner: number): Promise<string | undefined> {
  const address = await readNote(join(stateFolder, noteName));
  if (address === undefined || !isAbsolute(address) || basename(address) !== socketFile) return;
  const folder = dirname(address);
  if (!/^pertybot-\w{6}$/.test(basename(folder))) return;
  const found = await lstat(folder).catch(() => undefined);
  const isOurs = found?.isDirectory() && found.uid === owner && (found.mode & 0o777) === 0o700;
  return isOurs ? address : undefined;
}

async function readNote(file: string): Promise<string | undefined> {
  try {
    const found = await lstat(file);
    if (!found.isFile() || found.size > longestNote) return undefined;
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** A folder of the owner's alone, with a short path. */
async function makeFolder(): Promise<string> {
  const folders = [process.env.XDG_RUNTIME_DIR, tmpdir(), '/tmp'].filter(
    (each) => each !== undefined,
  );
  let fault: unknown;
  for (const folder of folders) {
    if (!fitsSocket(join(folder, `${folderPrefix}123456`, socketFile))) continue;
    try {
      return await mkdtemp(join(folder, folderPrefix));
    } catch (error) {
      fault = error;
    }
  }
  throw new CliError('CLI_FOLDER_LOCKED', 'There is no folder for the control socket.', {
    hint: 'Set XDG_RUNTIME_DIR to a short path that you may write.',
    cause: fault,
  });
}

function ownAddress(stateFolder: string): string | undefined {
  if (process.platform === 'win32') {
    const hash = createHash('sha256').update(stateFolder).digest('hex').slice(0, 16);
    return pipeName(`pertybot-${hash}-control`);
  }
  const path = join(stateFolder, socketFile);
  return fitsSocket(path) ? path : undefined;
}

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
async function isSocketOf(owner: number, path: string): Promise<boolean> {
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
