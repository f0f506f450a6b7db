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

/** Thrown whenever a plugin cannot be found, loaded, wired or started. */
export class PluginError extends PertyError<PluginErrorCode> {
  /** Files of a local plugin whose change may mend it. */
  readonly files: readonly string[];

  constructor(
    code: PluginErrorCode,
    message: string,
    options: PertyErrorOptions & { readonly files?: readonly string[] } = {},
  ) {
    super(code, message, options);
    this.files = options.files ?? [];
  }
}
