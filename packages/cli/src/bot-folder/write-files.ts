import { existsSync } from 'node:fs';
import { chmod, mkdir, realpath, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCodeOf } from '@pertybot/core';
import { writeFileAtomically } from '@pertybot/core/host';
import { toFolderError } from './folder-error.js';

/**
 * Writes a file whole or not at all. It keeps the mode of the file that it replaces, and a link that leads to it.
 * @throws CliError CLI_FOLDER_LOCKED
 */
export async function writeFileWhole(file: string, text: string): Promise<void> {
  const known = (await stat(file).catch(() => undefined))?.mode;
  const mode = (known ?? 0o644) & 0o777;
  try {
    const target = await realpath(file).catch(() => file);
    await writeFileAtomically(target, text, { mode });
    // What the process takes from new files by its umask, this one had.
    if (known !== undefined && mode !== ((await stat(target)).mode & 0o777)) {
      await chmod(target, mode);
    }
  } catch (cause) {
    throw toFolderError(`"${file}" cannot be written`, cause);
  }
}

/** A file that a template gives. */
export interface TemplateFile {
  /** From the folder that is made, with slashes. */
  readonly path: string;
  readonly text: string;
  /** @default 0o644 */
  readonly mode?: number;
}

/**
 * Writes a file and the folders above it, unless it is there.
 * @returns whether it was written
 * @throws CliError CLI_FOLDER_LOCKED when it cannot be written
 */
export async function writeNewFile(
  folder: string,
  { path, text, mode = 0o644 }: TemplateFile,
): Promise<boolean> {
  const file = join(folder, path);
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { flag: 'wx', mode });
    return true;
  } catch (error) {
    if (errorCodeOf(error) === 'EEXIST' && existsSync(file)) return false;
    throw toFolderError(`"${file}" cannot be written`, error);
  }
}
