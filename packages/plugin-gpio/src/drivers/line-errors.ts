import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { GpioError } from '../gpio-error.js';

/** Highest BCM number on the 40-pin header. */
export const lastHeaderLine = 27;

/** @throws GpioError GPIO_PIN_INVALID when the header has no such line */
export function requireHeaderLine(offset: number): void {
  if (Number.isInteger(offset) && offset >= 0 && offset <= lastHeaderLine) return;
  throw new GpioError('GPIO_PIN_INVALID', `Pin "GPIO${offset}" is not on the 40-pin header.`, {
    hint: `Name a pin from GPIO0 to GPIO${lastHeaderLine}.`,
  });
}

/** The error of a line that somebody else holds; `holder` is who, where that is known. */
export function lineBusy(offset: number, holder?: string, cause?: unknown): GpioError {
  const whose = holder ? `"${holder}"` : 'another program or a kernel driver';
  return new GpioError('GPIO_PIN_BUSY', `Pin "GPIO${offset}" is in use by ${whose}.`, {
    hint: 'Stop what uses it, or choose another pin; "gpioinfo" lists the users of every pin.',
    cause,
    isElsewhere: true,
  });
}

/**
 * The error of a line or channel of sysfs that somebody exported.
 * @param what such as `Pin "GPIO17"`
 * @param line its folder
 */
export function exportedByOther(what: string, line: string): GpioError {
  const unexport = path.join(path.dirname(line), 'unexport');
  const number = path.basename(line).replace(/^\D+/, '');
  const holder = holderOf(line) ?? 'another program';
  return new GpioError('GPIO_PIN_BUSY', `${what} is in use by ${holder}, which exported it.`, {
    hint: `Stop what uses it, or choose another pin; if nothing does: echo ${number} > ${unexport}`,
    isElsewhere: true,
  });
}

/** The error of a line that is used after its release. */
export function lineReleased(offset: number): GpioError {
  return new GpioError('GPIO_PIN_RELEASED', `Pin "GPIO${offset}" has been given back.`, {
    hint: 'Claim the pin again before using it.',
  });
}

/** The error of a driver that is used after its close. */
export function driverClosed(name: string): GpioError {
  return new GpioError('GPIO_DRIVER_FAILED', `The GPIO driver "${name}" is closed.`, {
    hint: 'Open the driver again before claiming pins.',
  });
}

/**
 * Which program has a file of a line of sysfs open, such as `heating (pid 812)`.
 * @param line its folder
 * @returns undefined when none is seen: this user may not look, or it opens them anew each time
 */
function holderOf(line: string): string | undefined {
  try {
    const inside = `${realpathSync(line)}${path.sep}`;
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    const pid = pids.find((each) => Number(each) !== process.pid && hasOpen(each, inside));
    return pid && `${readFileSync(`/proc/${pid}/comm`, 'utf8').trim()} (pid ${pid})`;
  } catch {
    return undefined;
  }
}

function hasOpen(pid: string, inside: string): boolean {
  const folder = `/proc/${pid}/fd`;
  try {
    return readdirSync(folder).some((fd) => opened(path.join(folder, fd)).startsWith(inside));
  } catch {
    // Somebody else's, or gone meanwhile.
    return false;
  }
}

function opened(descriptor: string): string {
  try {
    return readlinkSync(descriptor);
  } catch {
    return '';
  }
}
