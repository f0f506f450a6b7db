import { readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { errorCodeOf, messageOf } from '../contracts/errors.js';
import type { Logger } from '../contracts/logger.js';
import type { Json, Store } from '../contracts/store.js';
import { assertJson } from './assert-json.js';
import { StoreError } from './store-error.js';
import { writeFileAtomically } from './write-file-atomically.js';

/** Largest size of one plugin's storage, bytes of JSON. */
const largestStore = 1_048_576;

/**
 * A {@link Store} in one JSON file. Each change is written to a temporary file, synced and renamed, so
 * that a kill or a full disk never loses what was there.
 */
export class FileStore implements Store {
  private values: Map<string, Json> | undefined;
  private tail: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly file: string,
    private readonly log: Logger,
  ) {}

  get(key: string): Promise<Json | undefined> {
    return this.inTurn(async () => structuredClone((await this.load()).get(key)));
  }

  keys(): Promise<readonly string[]> {
    return this.inTurn(async () => [...(await this.load()).keys()]);
  }

  async set(key: string, value: Json): Promise<void> {
    await this.update(key, () => value);
  }

  update(key: string, change: (value: Json | undefined) => Json): Promise<Json> {
    return this.inTurn(async () => {
      const values = await this.load();
      const value = change(structuredClone(values.get(key)));
      assertJson(value, key);
      const next = new Map(values).set(key, structuredClone(value));
      await this.write(next);
      return value;
    });
  }

  delete(key: string): Promise<boolean> {
    return this.inTurn(async () => {
      const next = new Map(await this.load());
      if (!next.delete(key)) return false;
      await this.write(next);
      return true;
    });
  }

  /** Runs `work` behind all that was asked before. */
  private inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.tail.then(work);
    this.tail = result.catch(() => {});
    // A promise of its own: a failure that nobody awaits must not pass for handled.
    return result.then((value) => value);
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
