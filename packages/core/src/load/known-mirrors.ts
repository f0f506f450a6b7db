import { type BigIntStats, lstatSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { type Mirror, type NotePlace, readNote } from './mirror-note.js';

/** What the disk says of the files of a mirror. */
interface Looks {
  /** Which files they are and when they changed, which nobody chooses. */
  readonly text: string;
  /** When the last of them changed, milliseconds since 1970. */
  readonly changed: number;
}

/** The time of a change is known to 2 s on the coarsest disks: until then a file may change and look the same, milliseconds. */
const coarsest = 2_000;

/**
 * The mirrors that this process has read, and how their files looked. While those look the same nothing is read again: of a
 * hundred local plugins an edit changes one.
 */
export class KnownMirrors {
  private readonly known = new Map<string, { readonly mirror: Mirror; readonly looks: string }>();

  /** @param now milliseconds since 1970, by the clock that files are stamped with */
  constructor(private readonly now: () => number = Date.now) {}

  /** As {@link readNote} does, which needs not be asked of what looks as it did. */
  async read(place: NotePlace): Promise<Mirror | undefined> {
    const { note, cache } = place;
    const before = this.known.get(note);
    if (before && looksOf(before.mirror, cache)?.text === before.looks) return before.mirror;
    const begun = this.now();
    const mirror = await readNote(place);
    this.known.delete(note);
    if (mirror === undefined) return undefined;
    const looks = looksOf(mirror, cache);
    // One that changed while it was read, or a moment before, may have changed to what was not read.
    if (looks !== undefined && begun - looks.changed > coarsest) {
      this.known.set(note, { mirror, looks: looks.text });
    }
    return mirror;
  }
}

/** @returns undefined where a source or a copy is gone, or a copy lies behind a link */
function looksOf({ files, version, commonJs }: Mirror, cache: string): Looks | undefined {
  try {
    const sources = files.map(({ file }) => statSync(file, { bigint: true }));
    const copies = commonJs ? [] : copiesOf(files, path.join(realpathSync.native(cache), version));
    const all = [...sources, ...copies];
    const text = all.map(
      ({ dev, ino, size, mtimeNs, ctimeNs }) => `${dev} ${ino} ${size} ${mtimeNs} ${ctimeNs}`,
    );
    const changes = all.map(({ ctimeMs, mtimeMs }) => Math.max(Number(ctimeMs), Number(mtimeMs)));
    return { text: text.join(), changed: Math.max(...changes) };
  } catch {
    return undefined;
  }
}

/** @throws Error for one that is gone or elsewhere */
function copiesOf(files: Mirror['files'], folder: string): readonly BigIntStats[] {
  return files.map(({ copy }) => {
    const file = path.join(folder, copy);
    if (realpathSync.native(file) !== file) throw new TypeError(`"${copy}" is no copy.`);
    return lstatSync(file, { bigint: true });
  });
}
