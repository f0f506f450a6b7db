import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorCodeOf } from '@pertybot/core';

/** Longest path that a Unix socket takes everywhere: macOS has 104 bytes, with the byte at its end. */
const longestPath = 100;

/** File that tells where the socket is, when its path in the state folder would be too long. */
const noteName = 'control.path';

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

/** Makes the place where the bot of a state folder will listen; whoever calls it holds the bot's lock. */
export async function makeControlAddress(stateFolder: string): Promise<string> {
  const own = ownAddress(stateFolder);
  if (own !== undefined) {
    // The lock says that no bot listens here, so what is left is a dead one's.
    if (process.platform !== 'win32') await rm(own, { force: true });
    return own;
  }
  const runtime = process.env.XDG_RUNTIME_DIR ?? tmpdir();
  await mkdir(runtime, { recursive: true });
  const folder = await mkdtemp(join(runtime, 'pertybot-'));
  const address = join(folder, 'control.sock');
  await writeFile(join(stateFolder, noteName), address, { mode: 0o600 });
  return address;
}

function ownAddress(stateFolder: string): string | undefined {
  if (process.platform === 'win32') {
    const hash = createHash('sha256').update(stateFolder).digest('hex').slice(0, 16);
    return `\\\\.\\pipe\\pertybot-${hash}-control`;
  }
  const path = join(stateFolder, 'control.sock');
  return Buffer.byteLength(path) < longestPath ? path : undefined;
}
