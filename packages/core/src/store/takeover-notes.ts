import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * What a guardian saw that outlived its bot: since when it watched, and which outputs moved meanwhile. Times are
 * seconds that the machine has been up, in hundredths.
 */
export interface TakeoverNote {
  /** Which start of the machine; empty where the system does not say. */
  readonly boot: string;
  /** When it was first told how its outputs stand. */
  readonly began: number;
  /** When the bot had gone. */
  readonly ended: number;
  readonly outputs: readonly {
    /** `GPIO17` or `ACT`. */
    readonly name: string;
    /** Whether it was seen at its safe level when the bot had gone. */
    readonly safe: boolean;
    /** When it was last about to be switched on; undefined where it never was. */
    readonly lastOn: number | undefined;
  }[];
}

/** Where a guardian leaves its note: it adds its process id. */
export function takeoverNotePrefix(stateFolder: string): string {
  return path.join(stateFolder, 'takeover-');
}

/** The notes of guardians that outlived a bot; one that is torn or no such note is left out. */
export function readTakeoverNotes(stateFolder: string): readonly TakeoverNote[] {
  return noteFiles(stateFolder).flatMap((file) => {
    try {
      const note = parseNote(readFileSync(file, 'utf8'));
      return note === undefined ? [] : [note];
    } catch {
      return [];
    }
  });
}

/**
 * Removes them, once they are of no use. Never throws.
 * @param keep how many of the latest stay, where nobody has read them yet. @default 0
 */
export function removeTakeoverNotes(stateFolder: string, keep = 0): void {
  const files = noteFiles(stateFolder);
  if (files.length <= keep) return;
  const sorted = keep === 0 ? files : [...files].sort((a, b) => timeOf(a) - timeOf(b));
  for (const file of sorted.slice(0, files.length - keep)) {
    try {
      rmSync(file, { force: true });
    } catch {
      // It is a few bytes, and the next start tries again.
    }
  }
}

function timeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function noteFiles(stateFolder: string): readonly string[] {
  try {
    const names = readdirSync(stateFolder).filter((name) => /^takeover-\d+$/.test(name));
    return names.map((name) => path.join(stateFolder, name));
  } catch {
    return [];
  }
}

/** A line `takeover BOOT BEGAN ENDED`, one `NAME safe|unsafe LAST` for each output, and `end`. */
function parseNote(text: string): TakeoverNote | undefined {
  const [first = '', ...lines] = text.trimEnd().split('\n');
  if (lines.pop() !== 'end') return undefined;
  const head = /^takeover (\S*) (\d+(?:\.\d+)?) (\d+(?:\.\d+)?)$/.exec(first);
  const outputs = lines.map((line) => /^(\S+) (safe|unsafe) (-|\d+(?:\.\d+)?)$/.exec(line));
  if (!head || !outputs.every((output) => output !== null)) return undefined;
  return {
    boot: head[1] ?? '',
    began: Number(head[2]),
    ended: Number(head[3]),
    outputs: outputs.map(([, name = '', level, lastOn]) => ({
      name,
      safe: level === 'safe',
      lastOn: lastOn === '-' ? undefined : Number(lastOn),
    })),
  };
}
