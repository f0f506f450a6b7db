import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fchownSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

/**
 * Puts a file in its place as a whole, for its owner alone, so that it survives a loss of power; synchronously.
 * What root puts into somebody's folder belongs to that somebody.
 * @throws the system's error, and then nothing is left of it
 */
export function putFile(file: string, text: string): void {
  // Made anew and never followed: the folder may be one that others can write.
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  const handle = openSync(temporary, 'wx', 0o600);
  try {
    try {
      writeFileSync(handle, text);
      const { uid, gid } = statSync(path.dirname(file));
      if (process.getuid?.() === 0 && uid !== 0) fchownSync(handle, uid, gid);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(path.dirname(file));
}

/** Some file systems cannot: the file is there all the same. */
function syncFolder(folder: string): void {
  try {
    const handle = openSync(folder, 'r');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch {
    // The file itself is on the disk.
  }
}
