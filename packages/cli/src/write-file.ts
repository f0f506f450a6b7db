import { randomBytes } from 'node:crypto';
import { open, rename, rm, stat } from 'node:fs/promises';

/**
 * Writes a file whole or not at all: beside it, to the disk, then in its place. It keeps the mode
 * of the file that it replaces.
 */
export async function writeFileWhole(file: string, text: string): Promise<void> {
  const mode = (await stat(file).catch(() => undefined))?.mode ?? 0o644;
  const beside = `${file}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    const handle = await open(beside, 'wx', mode & 0o777);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
