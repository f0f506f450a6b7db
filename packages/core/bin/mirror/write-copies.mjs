import {
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

/** Node's permission model, which from Node 24 on children inherit, syncs nothing. What is tried is not kept, either. */
const maySync = process.permission === undefined;

/** Writes a file so that it outlives a loss of power. */
function writeSynced(file, content) {
  mkdirSync(path.dirname(file), { recursive: true });
  const descriptor = openSync(file, 'wx');
  try {
    writeFileSync(descriptor, content);
    if (maySync) fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Whether `target` holds exactly these files, each a file of its own and no link. */
function holds(target, copies) {
  try {
    return copies.every(([copy, content]) => {
      const file = path.join(target, copy);
      const isOwn =
        realpathSync(file) ===
        path.join(realpathSync(path.dirname(target)), path.basename(target), copy);
      return isOwn && lstatSync(file).isFile() && readFileSync(file).equals(Buffer.from(content));
    });
  } catch {
    return false;
  }
}

/** Fills the folder `target` with copies, pairs of a name and a content, unless it holds them already. */
export function writeCopies(target, copies) {
  if (holds(target, copies)) return;
  mkdirSync(path.dirname(target), { recursive: true });
  const temporary = `${target}.${process.pid}`;
  rmSync(temporary, { recursive: true, force: true });
  for (const [copy, content] of copies) writeSynced(path.join(temporary, copy), content);
  try {
    // Also what was cut short, or is not ours.
    rmSync(target, { recursive: true, force: true });
    renameSync(temporary, target);
  } catch (error) {
    // Another process may have made the same mirror first.
    rmSync(temporary, { recursive: true, force: true });
    if (!holds(target, copies)) throw error;
  }
}
