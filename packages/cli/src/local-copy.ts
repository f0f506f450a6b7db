import { realpath } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * The `pertybot` that is installed for the bot in question, when that is another one than this: a
 * bot runs with the version of its own folder, also when a global `pertybot` is called.
 * @param words what was written after `pertybot`
 * @returns URL of its main file
 */
export async function findLocalCopy(
  words: readonly string[],
  workingFolder: string,
  ownFile: string = fileURLToPath(import.meta.url),
): Promise<string | undefined> {
  const own = await realpath(join(dirname(ownFile), 'main.js')).catch(() => ownFile);
  let folder = resolve(workingFolder, botFolderOf(words));
  for (;;) {
    const candidate = join(folder, 'node_modules', 'pertybot', 'dist', 'main.js');
    const found = await realpath(candidate).catch(() => undefined);
    if (found !== undefined) return found === own ? undefined : pathToFileURL(found).href;
    const parent = dirname(folder);
    if (parent === folder) return undefined;
    folder = parent;
  }
}

function botFolderOf(words: readonly string[]): string {
  const at = words.findIndex((word) => word === '--dir' || word.startsWith('--dir='));
  const word = words[at];
  if (word === undefined) return '.';
  return word === '--dir' ? (words[at + 1] ?? '.') : word.slice('--dir='.length);
}
