import { stat } from 'node:fs/promises';
import { writeFileAtomically } from '@pertybot/core';
import { toFolderError } from './folder-error.js';

/**
 * Writes a file whole or not at all. It keeps the mode of the file that it replaces.
 * @throws CliError CLI_FOLDER_LOCKED
 */
export async function writeFileWhole(file: string, text: string): Promise<void> {
  const mode = (await stat(file).catch(() => undefined))?.mode ?? 0o644;
  try {
    await writeFileAtomically(file, text, { mode: mode & 0o777 });
  } catch (cause) {
    throw toFolderError(`"${file}" cannot be written`, cause);
  }
}
