import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { errorCodeOf } from '../contracts/errors.js';

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
