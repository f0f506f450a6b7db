import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of this package, wherever in it this module came to lie: in its room, or joined with others. */
export const coreFolder = folderAbove(fileURLToPath(import.meta.url));

function folderAbove(file: string): string {
  const folder = path.dirname(file);
  const isPackage = folder === file || existsSync(path.join(folder, 'package.json'));
  return isPackage ? folder : folderAbove(folder);
}
