import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { errorCodeOf, v } from '@pertybot/core';

/** Who stopped everything, and when. */
export interface EstopRecord {
  /** Such as `@alice in chat`, `SIGUSR2` or `pertybot estop`. */
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
}

const recordSchema = v.object({ by: v.string(), at: v.string() });

/** Name of the file that keeps everything off across restarts. */
const fileName = 'estop.json';

/**
 * The emergency stop's file in the state folder. All of it is synchronous: it must be done before a
 * signal handler ends.
 */
export class EstopLatch {
  readonly #file: string;

  /** @param folder state folder of the bot */
  constructor(private readonly folder: string) {
    this.#file = path.join(folder, fileName);
  }

  get exists(): boolean {
    return existsSync(this.#file);
  }

  /** @returns undefined when there is none; a damaged file counts as a stop */
  read(): EstopRecord | undefined {
    try {
      const parsed = v.safeParse(recordSchema, JSON.parse(readFileSync(this.#file, 'utf8')));
      return parsed.success ? parsed.output : unknownRecord;
    } catch (error) {
      return errorCodeOf(error) === 'ENOENT' || errorCodeOf(error) === 'ENOTDIR'
        ? undefined
        : unknownRecord;
    }
  }

  /** Writes it so that it survives a loss of power. @throws the system's error */
  write(record: EstopRecord): void {
    this.#makeFolder();
    const temporary = `${this.#file}.${process.pid}.tmp`;
    const file = openSync(temporary, 'w', 0o600);
    try {
      writeSync(file, `${JSON.stringify(record)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, this.#file);
  }

  /** @throws the system's error */
  remove(): void {
    rmSync(this.#file, { force: true });
  }

  /** Only the last part of the path: a bot's folder that is not there is no place for a file. */
  #makeFolder(): void {
    try {
      mkdirSync(this.folder, { mode: 0o700 });
    } catch (error) {
      if (errorCodeOf(error) !== 'EEXIST') throw error;
    }
  }
}

const unknownRecord: EstopRecord = { by: 'somebody', at: 'an unknown time' };
