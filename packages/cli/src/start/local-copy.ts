import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A `pertybot` that is installed for a bot. */
export interface LocalCopy {
  /** URL of its main file. */
  readonly url: string;
  /** A remark for the owner, where it is of another version than the one that was called. */
  readonly remark: string | undefined;
}

/** Who calls, as the kernel knows him; undefined where it knows no such numbers. */
const caller = process.getuid?.();

/**
 * The `pertybot` that is installed for the bot in question, when that is another one than this: a
 * bot runs with the version of its own folder, also when a global `pertybot` is called. Only one that the package.json
 * of the bot names is believed, in a folder that is the caller's own; and none by root, since every plugin of the bot
 * can write it.
 * @param words what was written after `pertybot`
 */
export async function findLocalCopy(
  words: readonly string[],
  workingFolder: string,
  ownFile: string = fileURLToPath(import.meta.url),
  user: number | undefined = caller,
): Promise<LocalCopy | undefined> {
  if (user === 0) return undefined;
  const own = await realpath(join(dirname(ownFile), 'main.js')).catch(() => ownFile);
  const folder = await packageFolder(resolve(workingFolder, botFolderOf(words)));
  if (folder === undefined || !(await namesPertybot(folder))) return undefined;
  const candidate = join(folder, 'node_modules', 'pertybot', 'lib', 'main.js');
  const found = await realpath(candidate).catch(() => undefined);
  if (found === undefined || found === own) return undefined;
  const places = [folder, join(folder, 'node_modules'), dirname(found), found];
  const trusted = await Promise.all(places.map((place) => isOnlyOf(user, place)));
  if (trusted.includes(false)) return undefined;
  return { url: pathToFileURL(found).href, remark: await compareVersions(found, own) };
}

function botFolderOf(words: readonly string[]): string {
  const at = words.findIndex((word) => word === '--dir' || word.startsWith('--dir='));
  const word = words[at];
  if (word === undefined) return '.';
  return word === '--dir' ? (words[at + 1] ?? '.') : word.slice('--dir='.length);
}

/** The nearest folder with a package.json, as npm would take it. */
async function packageFolder(folder: string): Promise<string | undefined> {
  if ((await readManifest(folder)) !== undefined) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : packageFolder(parent);
}

/** A dependency of a plugin that calls itself `pertybot` is not what the owner runs. */
async function namesPertybot(folder: string): Promise<boolean> {
  const manifest = await readManifest(folder);
  return ['dependencies', 'devDependencies'].some((key) => {
    const list = manifest?.[key];
    return typeof list === 'object' && list !== null && Object.hasOwn(list, 'pertybot');
  });
}

/** Whether nobody else could have put it there. */
async function isOnlyOf(user: number | undefined, place: string): Promise<boolean> {
  if (user === undefined) return true;
  const found = await stat(place);
  return (found.uid === user || found.uid === 0) && (found.mode & 0o002) === 0;
}

async function compareVersions(found: string, own: string): Promise<string | undefined> {
  const [local, called] = await Promise.all([versionOf(found), versionOf(own)]);
  if (local === undefined || called === undefined || local === called) return undefined;
  return `This bot runs with its own pertybot ${local}; you called ${called}.`;
}

async function versionOf(mainFile: string): Promise<string | undefined> {
  const version = (await readManifest(join(dirname(mainFile), '..')))?.version;
  return typeof version === 'string' ? version : undefined;
}

async function readManifest(folder: string): Promise<Record<string, unknown> | undefined> {
  try {
    const manifest: unknown = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const isObject = typeof manifest === 'object' && manifest !== null;
    return isObject ? { ...manifest } : undefined;
  } catch {
    return undefined;
  }
}
