import { PertyError } from '@pertybot/core';

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
  | 'GPIO_UNGUARDED';

/** Thrown whenever a pin cannot be claimed, read or written. */
export class GpioError extends PertyError<GpioErrorCode> {}
