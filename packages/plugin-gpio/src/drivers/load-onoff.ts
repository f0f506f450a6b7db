import { errorCodeOf } from '@pertybot/core';
import { GpioError } from '../gpio-error.js';

/** The package onoff. */
export type Onoff = typeof import('onoff');

/**
 * Loads onoff, which is optional: its part `epoll` is compiled when it is installed, and is absent
 * where there was no compiler or where install scripts are off.
 * @param load brings onoff; replaced in tests
 * @throws GpioError GPIO_DRIVER_MISSING
 */
export async function loadOnoff(
  load: () => Promise<Onoff> = () => import('onoff'),
): Promise<Onoff> {
  try {
    return await load();
  } catch (cause) {
    if (errorCodeOf(cause) === 'ERR_MODULE_NOT_FOUND') {
      throw new GpioError('GPIO_DRIVER_MISSING', 'The package "onoff" is not installed.', {
        hint: 'Run "npm install onoff@6.0.3".',
        cause,
      });
    }
    throw new GpioError('GPIO_DRIVER_MISSING', 'The package "onoff" has no compiled part.', {
      hint: 'Run "sudo apt install build-essential python3", then "npm rebuild epoll".',
      cause,
    });
  }
}
