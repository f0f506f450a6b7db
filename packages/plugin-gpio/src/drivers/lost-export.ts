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
 * As {@link exportAgain}, and sets the level.
 * @returns whether there was something to take back
 * @throws the system's error
 */
export function takeBack(valueFile: string, level: Level): boolean {
  if (!exportAgain(valueFile)) return false;
  const direction = path.join(path.dirname(valueFile), 'direction');
  if (path.basename(valueFile) !== 'value') writeText(valueFile, String(level));
  // An input has no level to be written; this makes an output of it at its level.
  else writeText(direction, level === 1 ? 'high' : 'low');
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
