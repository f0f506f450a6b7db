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
  try {
    return tell(error, toldCauses);
  } catch {
    // Whoever asks deals with one fault already.
    return 'unknown error';
  }
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

/** Every code of a {@link PluginError}; docs/errors.md explains each. */
export type PluginErrorCode =
  | 'PLUGIN_NOT_INSTALLED'
  | 'PLUGIN_NOT_FOUND'
  | 'PLUGIN_INVALID'
  | 'PLUGIN_CALL_INVALID'
  | 'PLUGIN_LOAD_FAILED'
  | 'PLUGIN_LOAD_TIMEOUT'
  | 'PLUGIN_SECOND_COPY'
  | 'PLUGIN_CORE_MISMATCH'
  | 'PLUGIN_UNMET_NEED'
  | 'PLUGIN_DOUBLE_SERVICE'
  | 'PLUGIN_CYCLE'
  | 'PLUGIN_NOT_BOUND'
  | 'PLUGIN_INJECTION_FAILED'
  | 'PLUGIN_START_TIMEOUT';

/** Where in a file of a plugin something is wrong. */
export interface PluginPlace {
  /** Path from the bot's folder. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The whole file. */
  readonly text: string;
  /** What is wrong there, without a full stop. */
  readonly message: string;
}

/** What accompanies a {@link PluginError}. */
interface PluginErrorOptions extends PertyErrorOptions {
  readonly files?: readonly string[];
  readonly place?: PluginPlace | undefined;
}

/** Thrown whenever a plugin cannot be found, loaded, wired or started. */
export class PluginError extends PertyError<PluginErrorCode> {
  /** Files of a local plugin whose change may mend it. */
  readonly files: readonly string[];
  /** Where in a local plugin it is, as far as that is known; the message begins with it. */
  readonly place: PluginPlace | undefined;

  constructor(code: PluginErrorCode, message: string, options: PluginErrorOptions = {}) {
    super(code, message, options);
    this.files = options.files ?? [];
    // Not in a log: it holds a whole file.
    Object.defineProperty(this, 'place', { value: options.place, enumerable: false });
  }
}
