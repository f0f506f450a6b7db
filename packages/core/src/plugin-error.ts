import { PertyError } from './errors.js';

/** Every code of a {@link PluginError}; docs/errors.md explains each. */
export type PluginErrorCode =
  | 'PLUGIN_NOT_INSTALLED'
  | 'PLUGIN_NOT_FOUND'
  | 'PLUGIN_INVALID'
  | 'PLUGIN_LOAD_FAILED'
  | 'PLUGIN_SECOND_COPY'
  | 'PLUGIN_CORE_MISMATCH'
  | 'PLUGIN_UNMET_NEED'
  | 'PLUGIN_DOUBLE_SERVICE'
  | 'PLUGIN_CYCLE'
  | 'PLUGIN_NOT_BOUND'
  | 'PLUGIN_INJECTION_FAILED'
  | 'PLUGIN_START_TIMEOUT';

/** Thrown whenever a plugin cannot be found, loaded, wired or started. */
export class PluginError extends PertyError<PluginErrorCode> {}
