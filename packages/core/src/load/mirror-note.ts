import { createHash } from 'node:crypto';
import { lstat, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';

/** What the script that makes mirrors says of one. */
export const mirrorSchema = v.object({
  main: v.string(),
  files: v.array(
    v.object({
      file: v.string(),
      hash: v.string(),
      copy: v.string(),
      copyHash: v.string(),
      commonJs: v.boolean(),
    }),
  ),
  commonJs: v.boolean(),
  version: v.string(),
});

/** A local plugin, ready to be imported. */
export interface Mirror {
  /** File to import: the copy, or for CommonJS the plugin itself. */
  readonly main: string;
  /** The files that the plugin is made of, with the content and the place of their copies. */
  readonly files: readonly MirroredFile[];
  /** Whether it is CommonJS, which needs no copy. */
  readonly commonJs: boolean;
  /** Changes whenever the content of a file does. */
  readonly version: string;
}

/** A file of a local plugin. */
export interface MirroredFile {
  readonly file: string;
  readonly hash: string;
  /** Its copy, from the folder of the mirror. */
  readonly copy: string;
  readonly copyHash: string;
  /** Whether it is CommonJS, which runs where it is. */
  readonly commonJs: boolean;
}

/** A mirror and what marks its copies as made on this disk: a folder from a stranger cannot bring that along. */
const noteSchema = v.object({ mirror: mirrorSchema, stamps: v.array(v.string()) });

/** Where a mirror's note is, and where mirrors lie. */
export interface NotePlace {
  /** The plugin's file. */
  readonly entry: string;
  readonly cache: string;
  readonly note: string;
}

/**
 * The mirror that was made before, if none of its sources changed and it is still what was made then.
 * @returns undefined where it must be made anew
 */
export async function readNote({ entry, cache, note }: NotePlace): Promise<Mirror | undefined> {
  try {
    const { mirror, stamps } = v.parse(noteSchema, JSON.parse(await readFile(note, 'utf8')));
    const sources = await Promise.all(mirror.files.map(({ file }) => hashFile(file)));
    if (!mirror.files.every(({ hash }, index) => hash === sources[index])) return undefined;
    if (mirror.commonJs) return mirror.main === entry ? mirror : undefined;
    const copies = mirror.files.map(({ copy }) => path.join(cache, mirror.version, copy));
    if (!copies.includes(mirror.main)) return undefined;
    const found = await Promise.all(copies.map(hashFile));
    if (!mirror.files.every(({ copyHash }, index) => copyHash === found[index])) return undefined;
    const now = await stampsOf(mirror, cache);
    return now.every((stamp, index) => stamp === stamps[index]) ? mirror : undefined;
  } catch {
    // No note, an unreadable one, or a file that is gone.
    return undefined;
  }
}

/** Writes the note of a mirror that is on the disk. Without it the mirror is only made again the next time. */
export async function writeNote(mirror: Mirror, { cache, note }: NotePlace): Promise<void> {
  const temporary = `${note}.${process.pid}.tmp`;
  try {
    const stamps = mirror.commonJs ? [] : await stampsOf(mirror, cache);
    // Not synced: one that a loss of power tears is no note, and the mirror is made again.
    await writeFile(temporary, JSON.stringify({ mirror, stamps }), { mode: 0o600 });
    await rename(temporary, note);
  } catch {
    await rm(temporary, { force: true }).catch(() => {});
  }
}

async function hashFile(file: string): Promise<string> {
  return hash(await readFile(file));
}

/**
 * What the disk gave the copies when they were made. Nobody chooses that, whatever they pack into an archive.
 * @throws Error for what lies outside of the cache, or behind a link, where it may be another the next time
 */
async function stampsOf({ files, version }: Mirror, cache: string): Promise<readonly string[]> {
  const mirror = path.join(await realpath(cache), version);
  return Promise.all(
    files.map(async ({ copy }) => {
      const file = path.join(mirror, copy);
      const isOwn =
        !path.relative(mirror, file).startsWith('..') && (await realpath(file)) === file;
      if (!isOwn) throw new TypeError(`"${copy}" is no copy in the cache.`);
      const { ino, ctimeMs } = await lstat(file);
      return `${ino} ${ctimeMs}`;
    }),
  );
}

/** The SHA-256 of a content. */
export function hash(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
