import { PertyError, type PertyErrorOptions } from './errors.js';

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
export interface PluginErrorOptions extends PertyErrorOptions {
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
