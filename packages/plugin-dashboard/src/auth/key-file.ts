import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCodeOf, v } from '@pertybot/core';
import { parseJson, writeFileAtomically } from '@pertybot/core/host';
import { makeSecret } from './secret.js';

const keysSchema = v.object({
  /** Where the page is, as its owner opens it. */
  address: v.string(),
  /** Signs the links with which one is let in. */
  link: v.string(),
  /** Shows the overlay. */
  overlay: v.string(),
  /** Shows the metrics, and the details of the health. */
  metrics: v.string(),
});

/** The secrets of a page. */
export type PageKeys = v.InferOutput<typeof keysSchema>;

/** File of a state folder, mode 0600, in which they are. */
const fileName = 'page.json';

/** Longest such file, bytes. */
const longestFile = 10_000;

/** @returns undefined where no page has been served yet, or where the file is not its owner's alone */
export async function readPageKeys(stateFolder: string): Promise<PageKeys | undefined> {
  const file = join(stateFolder, fileName);
  try {
    const found = await lstat(file);
    const isPrivate = process.platform === 'win32' || (found.mode & 0o077) === 0;
    if (!found.isFile() || found.size > longestFile || !isPrivate) return undefined;
    const read = v.safeParse(keysSchema, parseJson(await readFile(file, 'utf8')));
    return read.success ? read.output : undefined;
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** The keys of a state folder; those that are missing are made. A new one signs the links of each start. */
export async function makePageKeys(stateFolder: string, address: string): Promise<PageKeys> {
  const known = await readPageKeys(stateFolder);
  const keys = {
    address,
    link: makeSecret(),
    overlay: known?.overlay ?? makeSecret(),
    metrics: known?.metrics ?? makeSecret(),
  };
  await writePageKeys(stateFolder, keys);
  return keys;
}

/** Replaces the keys of a state folder. */
export async function writePageKeys(stateFolder: string, keys: PageKeys): Promise<void> {
  const text = `${JSON.stringify(keys, undefined, 2)}\n`;
  // What a loss of power takes is made anew, and no start waits for the disk.
  await writeFileAtomically(join(stateFolder, fileName), text, { synced: false });
}
