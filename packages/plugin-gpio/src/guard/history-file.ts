import { readFileSync } from 'node:fs';
import path from 'node:path';
import { errorCodeOf, v } from '@pertybot/core';
import { writeFileAtomically, writeFileAtomicallySync } from '@pertybot/core/host';

const age = v.pipe(v.number(), v.minValue(0));

const history = v.object({
  timesOn: v.pipe(v.number(), v.integer(), v.minValue(0)),
  on: v.optional(age),
  off: v.optional(age),
  lastOn: v.optional(age),
  recent: v.array(age),
  memory: age,
  stretches: v.array(v.object({ from: age, to: age, on: age })),
});

const contents = v.object({
  boot: v.optional(v.string()),
  uptime: age,
  wall: v.optional(v.number()),
  pins: v.record(v.string(), history),
});

/** What is kept of one pin; all times are milliseconds before the file was written. */
export type SavedHistory = v.InferOutput<typeof history>;

/** What the file says, and when it was written. */
export interface SavedHistories {
  /** The start of the machine at which it was written. */
  readonly boot?: string | undefined;
  /** Milliseconds since that. */
  readonly uptime: number;
  /** Milliseconds since 1970, where the machine's clock was set from the network. */
  readonly wall?: number | undefined;
  readonly pins: Readonly<Record<string, SavedHistory>>;
}

/**
 * The file that says when pins were on, for the bot that comes after one that died. A write replaces
 * it as a whole and waits for no disk: it outlives the death of the process.
 */
export class HistoryFile {
  readonly #file: string;

  /** @param folder state folder of the bot */
  constructor(folder: string) {
    this.#file = path.join(folder, 'limits.json');
  }

  /** @returns undefined when there is none, `unreadable` when it cannot be told what was in it */
  read(): SavedHistories | 'unreadable' | undefined {
    try {
      const parsed = v.safeParse(contents, JSON.parse(readFileSync(this.#file, 'utf8')));
      return parsed.success ? parsed.output : 'unreadable';
    } catch (error) {
      return errorCodeOf(error) === 'ENOENT' ? undefined : 'unreadable';
    }
  }

  /** @throws the system's error */
  async write(saved: SavedHistories): Promise<void> {
    await writeFileAtomically(this.#file, toText(saved), { synced: false });
  }

  /** For the end of the process. @throws the system's error */
  writeNow(saved: SavedHistories): void {
    writeFileAtomicallySync(this.#file, toText(saved), { synced: false });
  }
}

function toText(saved: SavedHistories): string {
  return `${JSON.stringify(saved)}\n`;
}
