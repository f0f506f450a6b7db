import { PertyError } from '../contracts/errors.js';

/** Every code of a {@link CommandError}; docs/errors.md explains each. */
export type CommandErrorCode =
  | 'COMMAND_SIGNATURE_INVALID'
  | 'COMMAND_OPTIONS_INVALID'
  | 'COMMAND_HANDLER_MISSING'
  | 'COMMAND_TEXT_INVALID'
  | 'COMMAND_NAME_TAKEN'
  | 'COMMAND_NAME_RESERVED';

/** Thrown whenever a command cannot be registered. */
export class CommandError extends PertyError<CommandErrorCode> {}
