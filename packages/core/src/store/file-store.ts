import { readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { errorCodeOf, messageOf } from '../contracts/errors.js';
import type { Logger } from '../contracts/logger.js';
import { type Json, type Store, StoreError } from '../contracts/store.js';
import { assertJson } from './json.js';
import { removeLeftovers, writeFileAtomically } from './write-file-atomically.js';

/** Largest size of one plugin's storage, bytes of JSON. */
const largestStore = 1_048_576;

/** What waits for its turn. */
interface Asked {
  /** Does it on `values`. @returns what tells of its end, once they are on the disk */
  begin(values: Map<string, Json>): () => void;
  reject(error: unknown): void;
}

/**
 * A {@link Store} in one JSON file. Each change is written to a temporary file, synced and renamed, so
 * that a kill or a full disk never loses what was there.
 */
export class FileStore implements Store {
  private values: Map<string, Json> | undefined;
  private asked: Asked[] = [];
  private isBusy = false;
  private isSwept = false;

  constructor(
    private readonly file: string,
    private readonly log: Logger,
  ) {}

  get(key: string): Promise<Json | undefined> {
    return this.ask((values) => structuredClone(values.get(key)));
  }

  keys(): Promise<readonly string[]> {
    return this.ask((values) => [...values.keys()]);
  }

  async set(key: string, value: Json): Promise<void> {
    await this.update(key, () => value);
  }

  update(key: string, change: (value: Json | undefined) => Json): Promise<Json> {
    return this.ask((values) => {
      const value = change(structuredClone(values.get(key)));
      assertJson(value, key);
      values.set(key, structuredClone(value));
      return value;
    });
  }

  delete(key: string): Promise<boolean> {
    return this.ask((values) => values.delete(key));
  }

  /** Does `work` behind all that was asked before. It must change nothing when it throws. */
  private ask<Result>(work: (values: Map<string, Json>) => Result): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.asked.push({
        reject,
        begin: (values) => {
          try {
            const result = work(values);
            return () => resolve(result);
          } catch (error) {
            return () => reject(error);
          }
        },
      });
      if (!this.isBusy) void this.answer();
    });
  }

  /** Answers until nothing is asked. What came while the last write went on is written all at once. */
  private async answer(): Promise<void> {
    this.isBusy = true;
    for (let turn = this.asked; turn.length > 0; turn = this.asked) {
      this.asked = [];
      await this.answerAll(turn);
    }
    this.isBusy = false;
  }

  private async answerAll(turn: readonly Asked[]): Promise<void> {
    try {
      const values = await this.load();
      const next = new Map(values);
      const ends = turn.map(({ begin }) => begin(next));
      if (!isSame(values, next)) await this.write(next);
      for (const end of ends) end();
    } catch (error) {
      const isTooMuch = error instanceof StoreError && error.code === 'STORE_TOO_LARGE';
      // One that is too large is not the fault of the others.
      if (isTooMuch && turn.length > 1) for (const each of turn) await this.answerAll([each]);
      else for (const { reject } of turn) reject(error);
    }
  }

  private async load(): Promise<Map<string, Json>> {
    this.values ??= await this.read();
    return this.values;
  }

  private async read(): Promise<Map<string, Json>> {
    try {
      const parsed: unknown = JSON.parse(await readFile(this.file, 'utf8'));
      if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
        throw new SyntaxError('not an object');
      }
      // What JSON.parse gives is JSON.
      return new Map(Object.entries(parsed as Record<string, Json>));
    } catch (error) {
      if (errorCodeOf(error) === 'ENOENT') return new Map();
      if (!(error instanceof SyntaxError)) throw this.toWriteError(error);
      return this.putAside();
    }
  }

  /** Keeps a damaged file for whoever can mend it, and begins anew. */
  private async putAside(): Promise<Map<string, Json>> {
    const aside = `${this.file}.damaged-${Date.now()}`;
    try {
      await rename(this.file, aside);
    } catch (error) {
      throw this.toWriteError(error);
    }
    this.log.warn(`The storage file was damaged and is kept as "${aside}".`);
    return new Map();
  }

  private async write(next: Map<string, Json>): Promise<void> {
    const text = `${JSON.stringify(Object.fromEntries(next))}\n`;
    if (Buffer.byteLength(text) > largestStore) {
      throw new StoreError(
        'STORE_TOO_LARGE',
        `The storage "${path.basename(this.file)}" would pass 1 MB.`,
        {
          hint: 'Store less, or delete keys that are no longer needed.',
        },
      );
    }
    try {
      // Not when it is read: who only looks removes nothing.
      if (!this.isSwept) await removeLeftovers(path.dirname(this.file));
      this.isSwept = true;
      await writeFileAtomically(this.file, text);
    } catch (error) {
      throw this.toWriteError(error);
    }
    this.values = next;
  }

  private toWriteError(error: unknown): StoreError {
    const message = `The storage "${this.file}" cannot be used: ${messageOf(error)}.`;
    return new StoreError('STORE_WRITE_FAILED', message, {
      hint: 'Check free space and the rights of the folder.',
      cause: error,
    });
  }
}

/** A value that was set is another object, or another plain value. */
function isSame(before: ReadonlyMap<string, Json>, after: ReadonlyMap<string, Json>): boolean {
  if (before.size !== after.size) return false;
  for (const [key, value] of after) if (!before.has(key) || before.get(key) !== value) return false;
  return true;
}
