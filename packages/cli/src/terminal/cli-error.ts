import { PertyError } from '@pertybot/core';

/** Every code of a {@link CliError}; docs/errors.md explains each. */
export type CliErrorCode =
  | 'CLI_ADDRESS_INVALID'
  | 'CLI_BACKUP_INVALID'
  | 'CLI_BACKUP_TOO_LARGE'
  | 'CLI_BOT_EXISTS'
  | 'CLI_BOT_NOT_RUNNING'
  | 'CLI_BOT_IS_SERVICE'
  | 'CLI_BOT_REFUSED'
  | 'CLI_BOT_RUNS'
  | 'CLI_BOT_SILENT'
  | 'CLI_CONFIG_INVALID'
  | 'CLI_FILE_EXISTS'
  | 'CLI_FOLDER_LOCKED'
  | 'CLI_FOLDER_MISSING'
  | 'CLI_INTERRUPTED'
  | 'CLI_LOGIN_ELSEWHERE'
  | 'CLI_NAME_INVALID'
  | 'CLI_NODE_INVALID'
  | 'CLI_NO_CHECKOUT'
  | 'CLI_NO_LOGIN'
  | 'CLI_NO_LOGS'
  | 'CLI_NO_SYSTEMD'
  | 'CLI_NPM_FAILED'
  | 'CLI_OPENSSL_FAILED'
  | 'CLI_PAGE_MISSING'
  | 'CLI_PASSWORD_SHORT'
  | 'CLI_PI_INVALID'
  | 'CLI_PLUGIN_LISTED'
  | 'CLI_PLUGIN_NAME_INVALID'
  | 'CLI_PLUGIN_REFUSED'
  | 'CLI_PLUGIN_UNCONFIRMED'
  | 'CLI_PLUGIN_UNKNOWN'
  | 'CLI_SERVICE_FAILED'
  | 'CLI_SERVICE_MISSING'
  | 'CLI_TRIAL_FAILED';

/** Thrown whenever a command cannot do what it was asked. */
export class CliError extends PertyError<CliErrorCode> {}
