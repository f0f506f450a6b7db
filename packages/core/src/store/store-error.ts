import { PertyError } from '../contracts/errors.js';

/** Every code of a {@link StoreError}; docs/errors.md explains each. */
export type StoreErrorCode =
  | 'STORE_VALUE_INVALID'
  | 'STORE_TOO_LARGE'
  | 'STORE_WRITE_FAILED'
  | 'LOCK_FAILED'
  | 'FOLDER_NOT_YOURS';

/** Thrown whenever a file of the bot cannot be kept as it must be: a plugin's value, a lock, a private folder. */
export class StoreError extends PertyError<StoreErrorCode> {}
