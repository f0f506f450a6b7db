import { readFile, realpath } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A `pertybot` that is installed for a bot. */
export interface LocalCopy {
  /** URL of its main file. */
  readonly url: string;
  /** A remark for the owner, where it is of another version than the one that was called. */
  readonly remark: string | undefined;
}

/**
 * The `pertybot` that is installed for the bot in question, when that is another one than this: a
 * bot runs with the version of its own folder, also when a global `pertybot` is called.
 * @param words what was written after `pertybot`
 */
export async function findLocalCopy(
  words: readonly string[],
  workingFolder: string,
  ownFile: string = fileURLToPath(import.meta.url),
): Promise<LocalCopy | undefined> {
  const own = await realpath(join(dirname(ownFile), 'main.js')).catch(() => ownFile);
  let folder = resolve(workingFolder, botFolderOf(words));
  for (;;) {
    const candidate = join(folder, 'node_modules', 'pertybot', 'lib', 'main.js');
    const found = await realpath(candidate).catch(() => undefined);
    if (found === own) return undefined;
    if (found !== undefined) {
      return { url: pathToFileURL(found).href, remark: await compareVersions(found, own) };
    }
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

async function compareVersions(found: string, own: string): Promise<string | undefined> {
  const [local, called] = await Promise.all([versionOf(found), versionOf(own)]);
  if (local === undefined || called === undefined || local === called) return undefined;
  return `This bot runs with its own pertybot ${local}; you called ${called}.`;
}

async function versionOf(mainFile: string): Promise<string | undefined> {
  try {
    const text = await readFile(join(dirname(mainFile), '..', 'package.json'), 'utf8');
    const manifest: unknown = JSON.parse(text);
    const has = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
    return has && typeof manifest.version === 'string' ? manifest.version : undefined;
  } catch {
    return undefined;
  }
}
