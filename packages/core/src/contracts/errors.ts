/** What accompanies the message of a {@link PertyError}. */
export interface PertyErrorOptions {
  /** One imperative sentence: what the reader should do. */
  readonly hint?: string | undefined;
  /** The error underneath, kept for `--verbose`. */
  readonly cause?: unknown;
  /** What of the plugin's config it comes from: keys and indexes from the top. */
  readonly path?: readonly (string | number)[] | undefined;
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
  /** What of the plugin's config it comes from, where that is known. */
  readonly path?: readonly (string | number)[];

  constructor(code: Code, message: string, options: PertyErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.hint = options.hint;
    if (options.path) this.path = options.path;
  }
}

/** Whether `error` is a {@link PertyError}, also one that another copy of core made. */
export function isPertyError(error: unknown): error is PertyError {
  return typeof error === 'object' && error !== null && brand in error;
}

/** How many causes a message tells. */
const toldCauses = 3;

/**
 * The message of anything that was thrown. One of ours says enough; to any other, such as Node's
 * "fetch failed", its cause is added in brackets.
 */
export function messageOf(error: unknown): string {
  return tell(error, toldCauses);
}

function tell(error: unknown, causes: number): string {
  if (typeof error !== 'object' || error === null || !('message' in error)) return asText(error);
  const message = String(error.message) || innerMessages(error) || nameOf(error);
  if (isPertyError(error) || causes === 0 || !('cause' in error)) return message;
  const { cause } = error;
  const hasMessage = typeof cause === 'object' && cause !== null && 'message' in cause;
  const told = hasMessage ? tell(cause, causes - 1) : '';
  return told === '' || message.includes(told) ? message : `${message} (${told})`;
}

/** Those of an AggregateError, which has no message of its own. */
function innerMessages(error: object): string {
  const errors: unknown = 'errors' in error ? error.errors : undefined;
  return Array.isArray(errors) ? [...new Set(errors.map((each) => tell(each, 0)))].join('; ') : '';
}

function nameOf(error: object): string {
  return 'name' in error ? String(error.name) : 'unknown error';
}

/** Some objects, such as those without a prototype, cannot be made text. */
function asText(value: unknown): string {
  try {
    return String(value);
  } catch {
    return 'unknown error';
  }
}

/** The code of an error of Node's, such as `ENOENT`, or of ours; undefined for any other. */
export function errorCodeOf(error: unknown): string | undefined {
  const hasCode = typeof error === 'object' && error !== null && 'code' in error;
  return hasCode && typeof error.code === 'string' ? error.code : undefined;
}
