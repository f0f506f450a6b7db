import { chmodSync, chownSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { StoreError } from './store-error.js';

/** Rights of a folder that is its owner's alone. */
const ownersAlone = 0o700;

/**
 * Makes a folder its owner's alone (0700), whoever made it before, and what its owner may not do stays so; those above it as well, where they are missing.
 * One that root makes belongs to the owner of the folder around it, whose bot is to use it afterwards.
 * @throws StoreError FOLDER_NOT_YOURS when another user owns it
 * @throws Node's error, such as EACCES
 */
export function makePrivateFolder(folder: string): void {
  const made = mkdirSync(folder, { recursive: true, mode: ownersAlone });
  if (process.platform === 'win32') return;
  const { uid, mode } = statSync(folder);
  if (made !== undefined && process.geteuid?.() === 0) giveToOwner(folder, made);
  else if (isStranger(folder, uid)) throw notYours(folder);
  if ((mode & 0o077) !== 0) chmodSync(folder, mode & ownersAlone);
}

/** Root may use what belongs to the owner of the folder around it, whose bot it is. */
function isStranger(folder: string, uid: number): boolean {
  const own = process.geteuid?.() ?? uid;
  if (uid === own) return false;
  return own !== 0 || uid !== statSync(path.dirname(path.resolve(folder))).uid;
}

/** @param made the topmost folder that was made */
function giveToOwner(folder: string, made: string): void {
  const { uid, gid } = statSync(path.dirname(made));
  for (let each = path.resolve(folder); ; each = path.dirname(each)) {
    chownSync(each, uid, gid);
    if (each === path.resolve(made)) return;
  }
}

function notYours(folder: string): StoreError {
  return new StoreError('FOLDER_NOT_YOURS', `The folder "${folder}" belongs to another user.`, {
    hint: `Look at what is in it; then make it yours: sudo chown -R "$USER" "${folder}"`,
  });
}
