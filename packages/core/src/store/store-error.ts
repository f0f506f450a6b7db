import { PertyError } from '../contracts/errors.js';

/** Every code of a {@link StoreError}; docs/errors.md explains each. */
export type StoreErrorCode = 'STORE_VALUE_INVALID' | 'STORE_TOO_LARGE' | 'STORE_WRITE_FAILED';

/** Thrown whenever a plugin's storage cannot keep a value. */
export class StoreError extends PertyError<StoreErrorCode> {}
