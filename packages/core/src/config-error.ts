import type { ConfigProblem } from './config-problem.js';
import { PertyError, type PertyErrorOptions } from './errors.js';

/** Every code of a {@link ConfigError}; docs/errors.md explains each. */
export type ConfigErrorCode =
  | 'CONFIG_MISSING'
  | 'CONFIG_UNREADABLE'
  | 'CONFIG_TOO_LARGE'
  | 'CONFIG_INVALID';

/** Thrown whenever plugins.yaml cannot be read, or is wrong. It knows every fault of the file. */
export class ConfigError extends PertyError<ConfigErrorCode> {
  /** Each fault with its place; empty when the file could not be read at all. */
  readonly problems: readonly ConfigProblem[];

  constructor(
    code: ConfigErrorCode,
    message: string,
    options: PertyErrorOptions & { readonly problems?: readonly ConfigProblem[] } = {},
  ) {
    super(code, message, options);
    this.problems = options.problems ?? [];
  }
}
