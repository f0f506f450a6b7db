/** What accompanies the message of a {@link PertyError}. */
export interface PertyErrorOptions {
  /** One imperative sentence: what the reader should do. */
  readonly hint?: string | undefined;
  /** The error underneath, kept for `--verbose`. */
  readonly cause?: unknown;
}

const brand = Symbol.for('pertybot.PertyError');

/**
 * Base of every error that PertyBot throws on purpose: one sentence about what happened, a stable
 * code (see docs/errors.md), and a hint that says what to do.
 */
export abstract class PertyError<Code extends string = string> extends Error {
  readonly [brand] = true;
  readonly code: Code;
  readonly hint: string | undefined;

  constructor(code: Code, message: string, options: PertyErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.hint = options.hint;
  }
}

/** Whether `error` is a {@link PertyError}, also one that another copy of core made. */
export function isPertyError(error: unknown): error is PertyError {
  return typeof error === 'object' && error !== null && brand in error;
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  const hasMessage = typeof error === 'object' && error !== null && 'message' in error;
  return hasMessage ? String(error.message) : String(error);
}

/** The code of an error of Node's, such as `ENOENT`, or of ours; undefined for any other. */
export function errorCodeOf(error: unknown): string | undefined {
  const hasCode = typeof error === 'object' && error !== null && 'code' in error;
  return hasCode && typeof error.code === 'string' ? error.code : undefined;
}
