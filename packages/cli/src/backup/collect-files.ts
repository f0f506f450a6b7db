import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCodeOf } from '@pertybot/core';
import { CliError } from '../terminal/cli-error.js';
import { partOf } from './backup-paths.js';
import type { TarFile } from './tar.js';

/** Most bytes that a backup holds, unpacked: it is made and read in memory. */
export const mostBytes = 256 * 1_048_576;

/** Most files. */
const mostFiles = 20_000;

/** What {@link collectFiles} found. */
export interface CollectedFiles {
  readonly files: readonly TarFile[];
  /** Paths of links, sockets and the like, which no backup holds. */
  readonly left: readonly string[];
  /** Paths of secrets that were not wanted. */
  readonly secrets: readonly string[];
}

/** How {@link collectFiles} looks. */
export interface CollectOptions {
  readonly withSecrets: boolean;
  /** Absolute path of the backup itself. */
  readonly leaveOut: string;
}

/**
 * Reads what belongs into a backup of a bot.
 * @throws CliError CLI_BACKUP_TOO_LARGE
 */
export async function collectFiles(
  folder: string,
  { withSecrets, leaveOut }: CollectOptions,
): Promise<CollectedFiles> {
  const files: TarFile[] = [];
  const left: string[] = [];
  const secrets: string[] = [];
  let bytes = 0;
  const visit = async (path: string): Promise<void> => {
    const part = partOf(path);
    const place = join(folder, path);
    if (part === 'never' || place === leaveOut) return;
    const found = await lstat(place);
    if (found.isDirectory()) {
      for (const name of (await readdir(place)).sort()) await visit(`${path}/${name}`);
    } else if (!found.isFile()) left.push(path);
    else if (part === 'secret' && !withSecrets) secrets.push(path);
    else {
      bytes += found.size;
      if (bytes > mostBytes || files.length >= mostFiles) throw tooLarge(folder);
      const content = await read(place);
      if (content !== undefined) files.push({ path, mode: found.mode & 0o777, bytes: content });
    }
  };
  for (const name of (await readdir(folder)).sort()) await visit(name);
  return { files, left, secrets };
}

/** @returns undefined for a file that is gone by now: a bot that runs replaces some */
async function read(place: string): Promise<Buffer | undefined> {
  try {
    return await readFile(place);
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function tooLarge(folder: string): CliError {
  const most = `${mostBytes / 1_048_576} MB or ${mostFiles} files`;
  return new CliError('CLI_BACKUP_TOO_LARGE', `"${folder}" holds more than ${most}.`, {
    hint: 'Keep what is not the bot’s elsewhere, or copy the folder by other means.',
  });
}
