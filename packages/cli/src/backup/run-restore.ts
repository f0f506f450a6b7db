import { lstat, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { errorCodeOf, messageOf } from '@pertybot/core';
import { makeStateFolder } from '../bot-folder/bot-folder.js';
import { toFolderError } from '../bot-folder/folder-error.js';
import { takeBotLock } from '../bot-process/bot-lock.js';
import { CliError } from '../terminal/cli-error.js';
import { styleFor } from '../terminal/style.js';
import { type Backup, unpackBackup } from './backup-manifest.js';
import { recoverFiles, restoreFiles } from './restore-files.js';
import { mostBytes } from './run-backup.js';
import type { TarFile } from './tar.js';

/** What `pertybot restore` was told. */
export interface RunRestoreOptions {
  /** Of the bot; made where it is missing. */
  readonly folder: string;
  /** Absolute path of the backup. */
  readonly file: string;
  /** Whether files that are there, and are others, are replaced. */
  readonly force: boolean;
  print(text: string): void;
  /** Tells what goes on. */
  tell(text: string): void;
}

/**
 * Brings a bot back from a backup, wholly or not at all. All of the backup is looked at before anything is written.
 * @throws CliError CLI_BACKUP_INVALID, CLI_FILE_EXISTS, CLI_BOT_RUNS, CLI_FOLDER_LOCKED
 */
export async function runRestore(options: RunRestoreOptions): Promise<void> {
  const { folder, file, force, print, tell } = options;
  const { manifest, files } = await readBackup(file);
  // Before anything is made in a folder where nothing may be written.
  await findChanges(folder, files, force);
  await mkdir(folder, { recursive: true });
  const stateFolder = await makeStateFolder(folder);
  const lock = await takeBotLock(stateFolder, 'pertybot restore');
  let changed: readonly string[];
  try {
    if (await recoverFiles(folder)) {
      tell('An earlier restore was cut off; what it had changed was put back first.');
    }
    changed = await findChanges(folder, files, force);
    await restoreFiles(
      folder,
      files.filter(({ path }) => changed.includes(path)),
    );
  } catch (cause) {
    if (cause instanceof CliError) throw cause;
    throw toFolderError('The backup was not restored; everything is as it was', cause);
  } finally {
    await lock.release();
  }
  const style = styleFor(process.stdout);
  const day = manifest.made.slice(0, 10);
  print(
    `${style.green('✓')} Restored ${changed.length} of ${files.length} files of ${day}; the others are as they were then.`,
  );
  if (!manifest.secrets) print('  It held no secrets: fill in .env, and run pertybot login.');
  print(
    `\nNext, in ${folder}:\n  ${style.cyan('npm install')}\n  ${style.cyan('npx pertybot check')}`,
  );
}

async function readBackup(file: string): Promise<Backup> {
  const refuse = (why: string, cause: unknown): never => {
    throw new CliError('CLI_BACKUP_INVALID', `"${file}" cannot be restored: ${why}`, {
      hint: 'Name a file that pertybot backup wrote.',
      cause,
    });
  };
  let packed: Buffer;
  try {
    packed = await readFile(file);
  } catch (cause) {
    return refuse(
      errorCodeOf(cause) === 'ENOENT' ? 'there is no such file.' : messageOf(cause),
      cause,
    );
  }
  let archive: Buffer;
  try {
    // What unpacks to more than any backup holds is none. The rest is for its headers.
    archive = await promisify(gunzip)(packed, { maxOutputLength: 2 * mostBytes });
  } catch (cause) {
    return refuse('it is damaged, or no backup of PertyBot.', cause);
  }
  return unpackBackup(archive, file);
}

/**
 * Which files would become others.
 * @throws CliError CLI_FILE_EXISTS where one would be replaced that may not, or something is in the way
 */
async function findChanges(
  folder: string,
  files: readonly TarFile[],
  force: boolean,
): Promise<readonly string[]> {
  const changed: string[] = [];
  const replaced: string[] = [];
  for (const { path, bytes } of files) {
    await refuseDetour(folder, path);
    const there = await readFile(join(folder, path)).catch(() => undefined);
    if (there?.equals(bytes)) continue;
    changed.push(path);
    if (there !== undefined) replaced.push(path);
  }
  if (replaced.length > 0 && !force) throw wouldReplace(folder, replaced);
  return changed;
}

/** A link in the folder would lead what is written elsewhere. */
async function refuseDetour(folder: string, path: string): Promise<void> {
  const words = path.split('/');
  for (const [index] of words.entries()) {
    const part = words.slice(0, index + 1).join('/');
    const found = await lstat(join(folder, part)).catch(() => undefined);
    if (found === undefined) return;
    const isLast = index === words.length - 1;
    if (isLast ? found.isFile() : found.isDirectory()) continue;
    throw new CliError('CLI_FILE_EXISTS', `"${join(folder, part)}" is in the way.`, {
      hint: `A ${isLast ? 'file' : 'folder'} belongs there, and no link: move it away.`,
    });
  }
}

function wouldReplace(folder: string, paths: readonly string[]): CliError {
  const shown = paths.slice(0, 5).join(', ');
  const more = paths.length > 5 ? ` and ${paths.length - 5} more` : '';
  return new CliError('CLI_FILE_EXISTS', `"${folder}" has ${shown}${more} already, and others.`, {
    hint: 'Name an empty folder with --dir, or replace them with --force.',
  });
}
