import { constants } from 'node:os';
import { getSystemErrorName } from 'node:util';
import { GpioError } from '../gpio-error.js';
import { lineBusy } from './line-errors.js';

const { errno } = constants;

/** What the owner does when the kernel lets nobody but root at the pins. */
export const joinGpioGroup =
  'Run "sudo usermod -aG gpio $USER", then log in again (for a service: restart the computer).';

/**
 * What the kernel's refusal means, as a sentence.
 * @param code a positive errno
 * @param doing `claim`, `read`, `write`
 * @param holder who has the line, where that is known
 */
export function toLineError(
  offset: number,
  code: number,
  doing: string,
  holder?: string,
): GpioError {
  const name = errnoName(code);
  const pin = `"GPIO${offset}"`;
  switch (code) {
    case errno.EBUSY:
      return lineBusy(offset, holder);
    case errno.EACCES:
    case errno.EPERM:
      return new GpioError('GPIO_NO_ACCESS', `This user may not ${doing} pin ${pin} (${name}).`, {
        hint: joinGpioGroup,
      });
    case errno.ENODEV:
      return new GpioError('GPIO_PIN_LOST', `The chip of pin ${pin} has gone (${name}).`, {
        hint: 'Restart the bot; if it happens again, look at "dmesg" for the reason.',
      });
    default:
      return new GpioError(
        'GPIO_DRIVER_FAILED',
        `The kernel could not ${doing} pin ${pin} (${name}).`,
        {
          hint: 'Run "pertybot doctor", and look at "dmesg" for the reason.',
        },
      );
  }
}

/** The errno that Node keeps in a failed file operation, as a positive number. */
export function errnoOf(error: unknown): number {
  const errno = propertyOf(error, 'errno');
  return typeof errno === 'number' ? Math.abs(errno) : 0;
}

/** `EBUSY` */
export function errnoName(code: number): string {
  return code > 0 ? getSystemErrorName(-code) : 'unknown reason';
}

function propertyOf(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
}
