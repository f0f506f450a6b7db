import {
  closeSync,
  constants,
  fchownSync,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
} from 'node:fs';
import { join } from 'node:path';
import { errorCodeOf, messageOf } from '@pertybot/core';
import { CliError } from '../terminal/cli-error.js';

type Reason = readonly [why: string, hint: string];

const notYours: Reason = [
  'you have no right to',
  'Run it as the owner of the folder, never with sudo.',
];
const inTheWay: Reason = ['a file is in the way', 'Move that away, or name another folder.'];
const full: Reason = ['the disk is full', 'Make room on the disk.'];

const reasons: Readonly<Record<string, Reason>> = {
  EACCES: notYours,
  EPERM: notYours,
  EROFS: ['its disk is read-only', 'Mount it writable, or name another folder.'],
  EEXIST: inTheWay,
  ENOTDIR: inTheWay,
  ENOSPC: full,
  EDQUOT: full,
};

/**
 * The error for a file or folder that cannot be written.
 * @param what a sentence without its full stop, such as `"/bot/plugins.yaml" cannot be written`
 */
export function toFolderError(what: string, cause: unknown): CliError {
  const [why, hint] = reasons[errorCodeOf(cause) ?? ''] ?? [messageOf(cause), 'Check the disk.'];
  return new CliError('CLI_FOLDER_LOCKED', `${what}: ${why}.`, { hint, cause });
}

const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants;

/** Deepest folder of a state folder that is looked at. */
const deepest = 10;

/**
 * Gives what root made in a state folder to the owner of the bot's folder, now and when the process ends: after a
 * command with sudo, its owner could not start the bot. Does nothing for anybody but root.
 */
export function giveToOwner(botFolder: string, stateFolder: string): void {
  if (process.getuid?.() !== 0 || process.platform !== 'linux') return;
  const { uid, gid } = lstatSync(botFolder);
  if (uid === 0) return;
  const give = () => giveTree(stateFolder, { uid, gid }, 0);
  give();
  if (given.has(stateFolder)) return;
  given.add(stateFolder);
  process.on('exit', give);
}

/** One set for the process, since a process ends once. */
const given = new Set<string>();

interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/**
 * By descriptors alone, and through no link: the owner of the folder may exchange what is in it at any moment, and root
 * must not give him a file from elsewhere. Never throws.
 */
function giveTree(path: string, owner: Owner, depth: number): void {
  let descriptor: number;
  try {
    descriptor = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  } catch {
    // A link, a socket, or gone: nothing that has to be given.
    return;
  }
  try {
    const found = fstatSync(descriptor);
    if (found.uid === 0 && (found.isDirectory() || (found.isFile() && found.nlink === 1))) {
      fchownSync(descriptor, owner.uid, owner.gid);
    }
    if (!found.isDirectory() || depth >= deepest) return;
    const here = `/proc/self/fd/${descriptor}`;
    for (const name of readdirSync(`${here}/`)) giveTree(join(here, name), owner, depth + 1);
  } catch {
    // Without the right to: its owner is told what to do when he meets it.
  } finally {
    closeSync(descriptor);
  }
}
