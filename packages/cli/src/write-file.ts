import { stat } from 'node:fs/promises';
import { writeFileAtomically } from '@pertybot/core';

/** Writes a file whole or not at all. It keeps the mode of the file that it replaces. */
export async function writeFileWhole(file: string, text: string): Promise<void> {
  const mode = (await stat(file).catch(() => undefined))?.mode ?? 0o644;
  await writeFileAtomically(file, text, mode & 0o777);
}
