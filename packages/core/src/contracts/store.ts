import { PertyError } from './errors.js';
import type { InjectionToken } from './injection.js';

/** What a {@link Store} can hold. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/** Small persistent storage, one per plugin. Every change is on the disk when its promise resolves. */
export interface Store {
  get(key: string): Promise<Json | undefined>;
  /** @throws StoreError when the value is no JSON, too large, or cannot be written */
  set(key: string, value: Json): Promise<void>;
  /** Changes a value; no other change comes in between. */
  update(key: string, change: (value: Json | undefined) => Json): Promise<Json>;
  /** @returns whether there was one */
  delete(key: string): Promise<boolean>;
  keys(): Promise<readonly string[]>;
}

/** Injection token of the plugin's own {@link Store}. */
export const Store: InjectionToken<Store> = Symbol.for('pertybot.Store');

/** Every code of a {@link StoreError}; docs/errors.md explains each. */
export type StoreErrorCode =
  | 'STORE_VALUE_INVALID'
  | 'STORE_TOO_LARGE'
  | 'STORE_WRITE_FAILED'
  | 'LOCK_FAILED'
  | 'FOLDER_NOT_YOURS';

/** Thrown whenever a file of the bot cannot be kept as it must be: a plugin's value, a lock, a private folder. */
export class StoreError extends PertyError<StoreErrorCode> {}
