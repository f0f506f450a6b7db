import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fchownSync,
  fsyncSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { type FileHandle, lchown, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { errorCodeOf } from '../contracts/errors.js';

/** How a file is replaced. */
export interface WriteOptions {
  /** Rights of the file. @default 0o600 */
  readonly mode?: number;
  /** Whether it is to outlive a loss of power; the death of the process it outlives anyway. @default true */
  readonly synced?: boolean;
}

/**
 * Whether Node syncs files here. Under its permission model, in which plugins are tried, it refuses to; of what they
 * write there nothing is kept.
 */
const canSync = !('permission' in process);

/**
 * Replaces a file so that a kill, a power cut or a full disk leaves either the old content or the new
 * one, whole: writes all of it beside the file, syncs and renames.
 * @throws Node's error, such as ENOSPC; the file is as it was then
 */
export async function writeFileAtomically(
  file: string,
  content: string | Uint8Array,
  { mode = 0o600, synced = true }: WriteOptions = {},
): Promise<void> {
  const folder = path.dirname(file);
  const temporary = temporaryFor(file);
  const made = await mkdir(folder, { recursive: true, mode: 0o700 });
  const owner = ownerFor(file, made);
  if (made !== undefined && owner) await lchown(made, owner.uid, owner.gid);
  try {
    await use(await open(temporary, 'wx', mode), async (handle) => {
      // Unlike a single write(2), this goes on after a short write, and so meets a full disk.
      await handle.writeFile(content);
      if (owner) await handle.chown(owner.uid, owner.gid);
      if (synced && canSync) await handle.sync();
    });
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  if (synced && canSync) await syncFolder(folder);
}

/**
 * The same, done before it returns: for what must be written before a signal's handler ends.
 * @throws Node's error, such as ENOSPC; the file is as it was then
 */
export function writeFileAtomicallySync(
  file: string,
  content: string | Uint8Array,
  { mode = 0o600, synced = true }: WriteOptions = {},
): void {
  const folder = path.dirname(file);
  const temporary = temporaryFor(file);
  const made = mkdirSync(folder, { recursive: true, mode: 0o700 });
  const owner = ownerFor(file, made);
  if (made !== undefined && owner) lchownSync(made, owner.uid, owner.gid);
  try {
    useSync(openSync(temporary, 'wx', mode), (descriptor) => {
      writeFileSync(descriptor, content);
      if (owner) fchownSync(descriptor, owner.uid, owner.gid);
      if (synced && canSync) fsyncSync(descriptor);
    });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  try {
    if (synced && canSync) useSync(openSync(folder, 'r'), fsyncSync);
  } catch {
    // As below.
  }
}

/** Names it so that nobody can put another file in its place before. */
function temporaryFor(file: string): string {
  const unique = `${process.pid}-${randomBytes(6).toString('hex')}`;
  return path.join(path.dirname(file), `.${path.basename(file)}.${unique}.tmp`);
}

/**
 * Whose a file is to be that root writes: that of the file it replaces, else that of the folder. After one command with
 * sudo, its owner could not read it.
 * @param made the topmost folder that had to be made
 */
function ownerFor(file: string, made: string | undefined): Stats | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const old = made === undefined ? lstatSync(file, { throwIfNoEntry: false }) : undefined;
  const owner = old?.isFile() ? old : statSync(path.dirname(made ?? file));
  return owner.uid === 0 ? undefined : owner;
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

/** What {@link writeFileAtomically} calls its temporary files. */
const temporaryForm = /^\..+\.(\d+)-[\da-f]+\.tmp$/;

/**
 * Removes from `folder` the temporary files of writes that a kill cut short. Those of a process that lives
 * stay: it may be about to rename them. Never rejects; a file that stays harms nobody.
 */
export async function removeLeftovers(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  await Promise.all(
    names.map(async (name) => {
      const pid = Number(temporaryForm.exec(name)?.[1]);
      const file = path.join(folder, name);
      if (Number.isNaN(pid) || !(await isLeft(file, pid))) return;
      await rm(file, { force: true }).catch(() => {});
    }),
  );
}

async function isLeft(file: string, pid: number): Promise<boolean> {
  if (pid !== process.pid) return !isAlive(pid);
  // An earlier process had our id, as in a container, where the bot is always 1.
  const begun = Date.now() - process.uptime() * 1_000;
  const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
  return mtimeMs < begun;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, and is somebody else's.
    return errorCodeOf(error) !== 'ESRCH';
  }
}
