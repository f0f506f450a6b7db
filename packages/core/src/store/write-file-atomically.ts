import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';

let count = 0;

/**
 * Replaces a file so that a kill, a power cut or a full disk leaves either the old content or the new
 * one, whole: writes all of it beside the file, syncs and renames.
 * @param mode rights of the file
 * @throws Node's error, such as ENOSPC; the file is as it was then
 */
export async function writeFileAtomically(
  file: string,
  content: string | Uint8Array,
  mode = 0o600,
): Promise<void> {
  const folder = path.dirname(file);
  const temporary = temporaryFor(file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    await use(await open(temporary, 'wx', mode), async (handle) => {
      // Unlike a single write(2), this goes on after a short write, and so meets a full disk.
      await handle.writeFile(content);
      await handle.sync();
    });
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(folder);
}

/**
 * The same, done before it returns: for what must be written before a signal's handler ends.
 * @param mode rights of the file
 * @throws Node's error, such as ENOSPC; the file is as it was then
 */
export function writeFileAtomicallySync(
  file: string,
  content: string | Uint8Array,
  mode = 0o600,
): void {
  const folder = path.dirname(file);
  const temporary = temporaryFor(file);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  try {
    useSync(openSync(temporary, 'wx', mode), (descriptor) => {
      writeFileSync(descriptor, content);
      fsyncSync(descriptor);
    });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  try {
    useSync(openSync(folder, 'r'), fsyncSync);
  } catch {
    // As below.
  }
}

function temporaryFor(file: string): string {
  count += 1;
  return path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}-${count}.tmp`);
}

/** Makes the rename outlive a power cut, where folders can be synced. */
async function syncFolder(folder: string): Promise<void> {
  try {
    await use(await open(folder, 'r'), (handle) => handle.sync());
  } catch {
    // Windows and some network folders cannot; the file itself is whole in any case.
  }
}

async function use(handle: FileHandle, work: (handle: FileHandle) => Promise<void>): Promise<void> {
  try {
    await work(handle);
  } finally {
    await handle.close();
  }
}

function useSync(descriptor: number, work: (descriptor: number) => void): void {
  try {
    work(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
