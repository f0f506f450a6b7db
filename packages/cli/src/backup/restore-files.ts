import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { v } from '@pertybot/core';
import { writeFileAtomically } from '@pertybot/core/host';
import type { TarFile } from './tar.js';

const journalSchema = v.array(v.object({ path: v.string(), existed: v.boolean() }));

type Journal = v.InferOutput<typeof journalSchema>;

/** Where the new and the old files lie while they are exchanged. */
function workOf(folder: string): string {
  return join(folder, '.pertybot', 'restoring');
}

/**
 * Puts files into the folder of a bot, all of them or none: they are written beside it, then exchanged by renaming, and
 * exchanged back when one cannot be.
 */
export async function restoreFiles(folder: string, files: readonly TarFile[]): Promise<void> {
  const work = workOf(folder);
  await rm(work, { recursive: true, force: true });
  const journal = files.map(({ path }) => ({ path, existed: existsSync(join(folder, path)) }));
  try {
    for (const [at, { path, mode, bytes }] of files.entries()) {
      await writeFileAtomically(join(work, 'new', String(at)), bytes, {
        mode: modeFor(path, mode),
      });
    }
    await mkdir(join(work, 'old'), { recursive: true, mode: 0o700 });
    await writeFileAtomically(join(work, 'journal.json'), JSON.stringify(journal));
    for (const [at, { path, existed }] of journal.entries()) {
      const target = join(folder, path);
      if (existed) await rename(target, join(work, 'old', String(at)));
      await mkdir(dirname(target), {
        recursive: true,
        mode: path.startsWith('.pertybot/') ? 0o700 : 0o755,
      });
      await rename(join(work, 'new', String(at)), target);
    }
  } catch (error) {
    await putBack(folder, journal);
    throw error;
  }
  // From here on it is done: without its journal nothing is put back.
  await rm(join(work, 'journal.json'));
  await rm(work, { recursive: true, force: true });
}

/** What is the owner's alone stays so; nothing can be written by others, or runs as another user. */
function modeFor(path: string, mode: number): number {
  return path.startsWith('.pertybot/') ? 0o600 : (mode & 0o755) | 0o400;
}

/**
 * Puts back what a process exchanged that was killed in the middle of it.
 * @returns whether there was anything
 */
export async function recoverFiles(folder: string): Promise<boolean> {
  const text = await readFile(join(workOf(folder), 'journal.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return false;
  // Written by `restoreFiles` alone, and whole.
  await putBack(folder, v.parse(journalSchema, JSON.parse(text)));
  return true;
}

async function putBack(folder: string, journal: Journal): Promise<void> {
  const work = workOf(folder);
  for (const [at, { path, existed }] of [...journal.entries()].reverse()) {
    const target = join(folder, path);
    const old = join(work, 'old', String(at));
    if (existsSync(old)) await rename(old, target);
    else if (!existed && !existsSync(join(work, 'new', String(at)))) {
      await rm(target, { force: true });
      await rmdir(dirname(target)).catch(() => undefined);
    }
  }
  await rm(work, { recursive: true, force: true });
}
