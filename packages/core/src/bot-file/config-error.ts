import { PertyError, type PertyErrorOptions } from '../contracts/errors.js';
import type { ConfigProblem } from './config-problem.js';

/** Every code of a {@link ConfigError}; docs/errors.md explains each. */
export type ConfigErrorCode =
  | 'CONFIG_MISSING'
  | 'CONFIG_UNREADABLE'
  | 'CONFIG_TOO_LARGE'
  | 'CONFIG_INVALID';

/** What accompanies a {@link ConfigError}. */
export interface ConfigErrorOptions extends PertyErrorOptions {
  readonly problems?: readonly ConfigProblem[];
  readonly files?: readonly string[];
}

/** Thrown whenever plugins.yaml cannot be read, or is wrong. It knows every fault of the file. */
export class ConfigError extends PertyError<ConfigErrorCode> {
  /** Each fault with its place; empty when the file could not be read at all. */
  readonly problems: readonly ConfigProblem[];
  /** Files of local plugins whose change may mend it. */
  readonly files: readonly string[];

  constructor(code: ConfigErrorCode, message: string, options: ConfigErrorOptions = {}) {
    super(code, message, options);
    this.problems = options.problems ?? [];
    this.files = options.files ?? [];
  }
}
