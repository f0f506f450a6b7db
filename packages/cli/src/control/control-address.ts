import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { errorCodeOf } from '@pertybot/core';
import { CliError } from '../cli-error.js';
import { fitsSocket, pipeName } from '../socket-path.js';
import { connectTo } from './connect-to.js';

/** File that tells where the socket is, when its path in the state folder would be too long. */
const noteName = 'control.path';

/** How the folders begin that are made for such a socket; mkdtemp appends six characters. */
const folderPrefix = 'pertybot-';

/**
 * Where the running bot of a state folder listens for commands. The folder is its owner's alone, and so
 * is the socket in it.
 * @returns undefined when no bot has made one
 */
export async function findControlAddress(stateFolder: string): Promise<string | undefined> {
  const own = ownAddress(stateFolder);
  if (own !== undefined) return own;
  try {
    return (await readFile(join(stateFolder, noteName), 'utf8')).trim();
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Makes the place where the bot of a state folder will listen; whoever calls it holds the bot's lock. What a
 * dead bot left there goes, once nobody answers.
 * @throws CliError CLI_BOT_RUNS when somebody does
 */
export async function makeControlAddress(stateFolder: string): Promise<string> {
  const left = await findControlAddress(stateFolder);
  if (left !== undefined) await clear(left, stateFolder);
  const own = ownAddress(stateFolder);
  if (own !== undefined) return own;
  const address = join(await makeFolder(), 'control.sock');
  await writeFile(join(stateFolder, noteName), address, { mode: 0o600 });
  return address;
}

/** Removes a socket, and the folder that was made for it alone. */
export async function removeControlAddress(address: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = dirname(address);
  if (/^pertybot-\w{6}$/.test(basename(folder))) await rm(folder, { recursive: true, force: true });
  else await rm(address, { force: true });
}

async function clear(address: string, stateFolder: string): Promise<void> {
  const socket = await connectTo(address);
  if (socket === undefined) return removeControlAddress(address);
  socket.destroy();
  // The lock reaches no further than a container; the socket, in a folder that it shares, does.
  throw new CliError('CLI_BOT_RUNS', `Another bot listens in "${stateFolder}".`, {
    hint: 'Stop it first; it may run in another container that has the same folder.',
  });
}

/** A folder of the owner's alone, with a short path. */
async function makeFolder(): Promise<string> {
  const folders = [process.env.XDG_RUNTIME_DIR, tmpdir(), '/tmp'].filter(
    (each) => each !== undefined,
  );
  let fault: unknown;
  for (const folder of folders) {
    if (!fitsSocket(join(folder, `${folderPrefix}123456`, 'control.sock'))) continue;
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
  const path = join(stateFolder, 'control.sock');
  return fitsSocket(path) ? path : undefined;
}
