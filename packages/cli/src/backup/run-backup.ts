import { existsSync } from 'node:fs';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { errorCodeOf } from '@pertybot/core';
import { readBotFileText, writeFileAtomically } from '@pertybot/core/host';
import { toFolderError } from '../bot-folder/folder-error.js';
import { ownVersion } from '../bot-folder/own-package.js';
import { CliError } from '../terminal/cli-error.js';
import { styleFor } from '../terminal/style.js';
import { toPlainText } from '../terminal/text.js';
import { packBackup, partOf } from './backup-manifest.js';
import type { TarFile } from './tar.js';

/** Most bytes that a backup holds, unpacked: it is made and read in memory. */
export const mostBytes = 256 * 1_048_576;

/** Most files. */
const mostFiles = 20_000;

/** What {@link collectFiles} found. */
interface CollectedFiles {
  readonly files: readonly TarFile[];
  /** Paths of links, sockets and the like, which no backup holds. */
  readonly left: readonly string[];
  /** Paths of secrets that were not wanted. */
  readonly secrets: readonly string[];
}

/** How {@link collectFiles} looks. */
interface CollectOptions {
  readonly withSecrets: boolean;
  /** Absolute path of the backup itself. */
  readonly leaveOut: string;
}

/**
 * Reads what belongs into a backup of a bot.
 * @throws CliError CLI_BACKUP_TOO_LARGE
 */
async function collectFiles(
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

/** What `pertybot backup` was told. */
export interface RunBackupOptions {
  readonly folder: string;
  /** Path of the backup, from `workingFolder`. @default a name with the time, in the working folder */
  readonly file: string | undefined;
  readonly withSecrets: boolean;
  readonly workingFolder?: string;
  readonly now?: Date;
  print(text: string): void;
}

/**
 * Writes a backup of a bot, which nobody but its owner can read.
 * @throws CliError CLI_FILE_EXISTS, CLI_BACKUP_TOO_LARGE, CLI_FOLDER_LOCKED when it cannot be written
 * @throws ConfigError when the folder has no plugins.yaml
 */
export async function runBackup(options: RunBackupOptions): Promise<void> {
  const { folder, withSecrets, workingFolder = process.cwd(), now = new Date(), print } = options;
  await readBotFileText(folder);
  const file = resolve(workingFolder, options.file ?? nameFor(folder, now));
  if (existsSync(file)) {
    throw new CliError('CLI_FILE_EXISTS', `"${file}" exists already.`, {
      hint: 'Choose another name.',
    });
  }
  const { files, left, secrets } = await collectFiles(folder, { withSecrets, leaveOut: file });
  const about = { made: now.toISOString(), pertybot: ownVersion(), secrets: withSecrets };
  const archive = await promisify(gzip)(packBackup(files, about));
  try {
    await writeFileAtomically(file, archive, { mode: 0o600 });
  } catch (cause) {
    throw toFolderError(`"${file}" cannot be written`, cause);
  }
  const style = styleFor(process.stdout);
  const shown = relative(workingFolder, file);
  print(
    `${style.green('✓')} Wrote ${files.length} files to ${shown.startsWith('..') ? file : shown}.`,
  );
  if (secrets.length > 0) {
    print(`  Without ${list(secrets)}; --with-secrets takes them along.`);
  }
  if (withSecrets) print('  It holds your secrets: keep it to yourself.');
  if (left.length > 0) print(`  Without what is no file: ${list(left)}.`);
  print(`  Bring it back with: pertybot restore ${basename(file)}`);
}

function nameFor(folder: string, now: Date): string {
  const time = now.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  return join(`${basename(folder)}-backup-${time}.tar.gz`);
}

function list(paths: readonly string[]): string {
  const shown = paths.slice(0, 5).map(toPlainText).join(', ');
  return paths.length > 5 ? `${shown} and ${paths.length - 5} more` : shown;
}
