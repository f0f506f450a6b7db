// What a user has after `npm i`: how many packages, how large, and whether one of them is given up.
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

function bytesOf(file) {
  const stat = lstatSync(file);
  if (!stat.isDirectory()) return stat.blocks * 512;
  return readdirSync(file).reduce(
    (sum, name) => sum + bytesOf(path.join(file, name)),
    stat.blocks * 512,
  );
}

/**
 * The packages in a folder's node_modules.
 * @returns of each its place below the folder, version, bytes on disk, and npm's word when it is deprecated
 */
export function readInstallation(folder) {
  const lock = readFileSync(path.join(folder, 'node_modules', '.package-lock.json'), 'utf8');
  return Object.entries(JSON.parse(lock).packages)
    .filter(([place]) => existsSync(path.join(folder, place)))
    .map(([place, { version, deprecated }]) => {
      const nested = path.join(folder, place, 'node_modules');
      const bytes = bytesOf(path.join(folder, place)) - (existsSync(nested) ? bytesOf(nested) : 0);
      const [, name] = place.match(/.*node_modules\/(.*)$/) ?? [];
      return { name, place, version, bytes, deprecated };
    });
}

/** Bytes in words. */
export function megabytes(bytes) {
  return `${(bytes / 1_048_576).toFixed(1)} MB`;
}
