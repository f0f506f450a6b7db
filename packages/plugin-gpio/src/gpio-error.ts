import { PertyError, type PertyErrorOptions } from '@pertybot/core';

/** Every code of a {@link GpioError}; docs/errors.md explains each. */
export type GpioErrorCode =
  | 'GPIO_PIN_INVALID'
  | 'GPIO_PIN_BUSY'
  | 'GPIO_PIN_RELEASED'
  | 'GPIO_PIN_LOST'
  | 'GPIO_NO_ACCESS'
  | 'GPIO_NO_CHIP'
  | 'GPIO_DRIVER_MISSING'
  | 'GPIO_DRIVER_FAILED'
  | 'GPIO_UNSUPPORTED'
  | 'GPIO_LIMIT_INVALID'
  | 'GPIO_LATCH_LOCKED'
  | 'GPIO_UNGUARDED';

/** What accompanies the message of a {@link GpioError}. */
export interface GpioErrorOptions extends PertyErrorOptions {
  /** Whether somebody outside of this bot is the reason, who may go away. @default false */
  readonly isElsewhere?: boolean;
}

/** Thrown whenever a pin cannot be claimed, read or written. */
export class GpioError extends PertyError<GpioErrorCode> {
  readonly isElsewhere: boolean;

  constructor(code: GpioErrorCode, message: string, options: GpioErrorOptions = {}) {
    super(code, message, options);
    this.isElsewhere = options.isElsewhere ?? false;
  }
}
