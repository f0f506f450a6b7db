import { closeSync, constants, existsSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { errorCodeOf } from '@pertybot/core';
import type { Level } from './gpio-driver.js';

/** What the kernel says where there is no such line or channel (any more), or where somebody else has it. */
const gone = ['ENOENT', 'ENODEV', 'EINVAL', 'EBUSY'];

/**
 * Exports a line or channel of sysfs again that some program has unexported: the kernel keeps what the pin does, and
 * takes away the file by which it is switched off.
 * @param valueFile `/sys/class/gpio/gpio586/value`, `/sys/class/pwm/pwmchip0/pwm2/enable`
 * @returns whether it was; not where it is there, and where its chip has gone or somebody else has it
 * @throws the system's error, such as for want of access
 */
export function exportAgain(valueFile: string): boolean {
  const line = path.dirname(valueFile);
  const number = /^(?:gpio|pwm)(\d+)$/.exec(path.basename(line))?.[1];
  if (number === undefined || existsSync(line)) return false;
  try {
    writeText(path.join(path.dirname(line), 'export'), number);
    return true;
  } catch (error) {
    if (gone.includes(errorCodeOf(error) ?? '')) return false;
    throw error;
  }
}

/**
 * Sets the level at a pin, or whether a channel pulses, whatever another program has made of the line meanwhile: an
 * input, or one that is upside down. An LED takes the level as it is.
 * @see https://www.kernel.org/doc/html/latest/admin-guide/gpio/sysfs.html of `direction`: "low" and "high" are physical
 * @throws the system's error, ENOENT where it is not exported
 */
export function setLevel(valueFile: string, level: Level): void {
  const [line, name] = [path.dirname(valueFile), path.basename(valueFile)];
  const direction = path.join(line, 'direction');
  // A line that can be nothing else has no direction.
  if (name !== 'value' || !existsSync(direction)) {
    writeText(valueFile, String(level));
    return;
  }
  writeText(direction, level === 1 ? 'high' : 'low');
  const activeLow = path.join(line, 'active_low');
  // Its value is read behind this.
  if (existsSync(activeLow)) writeText(activeLow, '0');
}

/**
 * As {@link setLevel}, also where somebody has unexported it.
 * @returns whether it was there, or could be exported again
 * @throws the system's error
 */
export function takeBack(valueFile: string, level: Level): boolean {
  if (!existsSync(valueFile) && !exportAgain(valueFile)) return false;
  setLevel(valueFile, level);
  return true;
}

/** Makes no file that is not there. */
function writeText(file: string, text: string): void {
  const fd = openSync(file, constants.O_WRONLY);
  try {
    writeSync(fd, text);
  } finally {
    closeSync(fd);
  }
}
