/** Every way in which the simulator itself can fail; faults it *plays* are no errors. */
export type SimulatorErrorCode =
  | 'SIMULATOR_ACCOUNT_UNKNOWN'
  | 'SIMULATOR_CLIENT_UNKNOWN'
  | 'SIMULATOR_TOKEN_UNKNOWN'
  | 'SIMULATOR_DEVICE_UNKNOWN'
  | 'SIMULATOR_REWARD_UNKNOWN'
  | 'SIMULATOR_REWARD_CLOSED'
  | 'SIMULATOR_EVENT_UNFIT'
  | 'SIMULATOR_LISTEN_FAILED'
  | 'SIMULATOR_WAIT_TIMEOUT'
  | 'SIMULATOR_BROWSER_LOST';

/** What a {@link SimulatorError} may carry besides its sentence. */
export interface SimulatorErrorDetails {
  /** One imperative sentence: what to do. */
  readonly hint?: string;
  /** The error that led to this one. */
  readonly cause?: unknown;
}

/**
 * Thrown whenever the simulator is used wrongly or cannot do its work. It has the shape of the
 * bot's own errors (`code`, `hint`, `cause`) without importing them, since the simulator stands
 * outside the bot.
 */
export class SimulatorError extends Error {
  override readonly name = 'SimulatorError';
  readonly hint: string | undefined;

  constructor(
    readonly code: SimulatorErrorCode,
    message: string,
    details: SimulatorErrorDetails = {},
  ) {
    super(message, { cause: details.cause });
    this.hint = details.hint;
  }
}
