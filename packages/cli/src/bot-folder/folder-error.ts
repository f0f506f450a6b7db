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
