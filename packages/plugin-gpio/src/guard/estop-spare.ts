import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeFileAtomicallySync } from '@pertybot/core/host';
import { type EstopRecord, parseRecord, unknownRecord } from './estop-record.js';

/**
 * Keeps an emergency stop in memory of the machine, outside of the bot, for as long as its own file cannot be
 * written: it outlives the bot's process, though not a loss of power. What a stranger puts there is not believed.
 */
export class EstopSpare {
  readonly #name: string;
  /** Whether there is, or has been, a bot: where there never was a folder nothing is to outlive it. */
  #hasBot = false;

  /**
   * @param folder state folder of the bot
   * @param places folders for the copy, the first that takes it counts
   */
  constructor(
    private readonly folder: string,
    private readonly places: readonly string[] = usualPlaces(folder),
  ) {
    const hash = createHash('sha256').update(path.resolve(folder)).digest('hex').slice(0, 16);
    this.#name = `pertybot-estop-${hash}.json`;
    this.#lookForBot();
  }

  /** @returns whether it is kept anywhere */
  keep(record: EstopRecord): boolean {
    return (
      this.#lookForBot() &&
      this.#files().some((file) => {
        try {
          writeFileAtomicallySync(file, `${JSON.stringify(record)}\n`);
          return true;
        } catch {
          return false;
        }
      })
    );
  }

  read(): EstopRecord | undefined {
    const file = this.#files().find((each) => this.#isOurs(each));
    if (file === undefined || !this.#lookForBot()) return undefined;
    try {
      return parseRecord(readFileSync(file, 'utf8'));
    } catch {
      return unknownRecord;
    }
  }

  /** @throws the system's error when a copy that counts stays */
  drop(): void {
    for (const file of this.#files()) if (this.#isOurs(file)) rmSync(file, { force: true });
  }

  #lookForBot(): boolean {
    this.#hasBot ||= existsSync(path.dirname(this.folder));
    return this.#hasBot;
  }

  #files(): readonly string[] {
    return this.places.map((place) => path.join(place, this.#name));
  }

  /** A stranger can make a file in a folder for all, but none that is root's, the owner's or the bot's. */
  #isOurs(file: string): boolean {
    try {
      const found = lstatSync(file);
      return found.isFile() && [0, process.getuid?.(), ownerOf(this.folder)].includes(found.uid);
    } catch {
      return false;
    }
  }
}

/** What is in memory comes first: it has room when the card has none. */
function usualPlaces(folder: string): readonly string[] {
  const users = [process.getuid?.(), ownerOf(folder)].filter((uid) => uid !== undefined);
  const places = [
    process.env.XDG_RUNTIME_DIR,
    ...users.map((uid) => `/run/user/${uid}`),
    '/dev/shm',
    tmpdir(),
  ];
  return [...new Set(places.filter((place) => place !== undefined))];
}

/** Owner of the nearest folder that is there. */
function ownerOf(folder: string): number | undefined {
  for (const each of [folder, path.dirname(folder)]) {
    try {
      return statSync(each).uid;
    } catch {
      // The one above may be there still.
    }
  }
  return undefined;
}
