import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCodeOf } from '@pertybot/core';
import { GpioError } from '../gpio-error.js';
import { errnoOf, joinGpioGroup, toLineError } from './kernel-error.js';
import { exportedByOther } from './line-errors.js';
import type { OwnLines } from './own-lines.js';

/** Milliseconds that udev gets to hand the new files to the group gpio. */
const udevPatience = 3_000;
/** Milliseconds between two looks at them. */
const udevPause = 10;

/** A line of sysfs. */
export interface SysfsLine {
  /** `/sys/class/gpio` */
  readonly folder: string;
  /** The kernel's number: base + offset. */
  readonly number: number;
  /** The BCM number, for messages. */
  readonly offset: number;
}

/** The folder of an exported line. */
export function lineFolder({ folder, number }: SysfsLine): string {
  return join(folder, `gpio${number}`);
}

/**
 * Exports a line and waits, without holding up the event loop, until udev has made its files
 * writable. onoff would do both itself, but tries to open them ten thousand times in a row.
 * A line that is exported already is taken over where it is one of `own`, which a bot that died has
 * left; never that of another program.
 * @throws GpioError GPIO_PIN_BUSY, GPIO_NO_ACCESS, GPIO_DRIVER_FAILED
 */
export async function exportLine(line: SysfsLine, own: OwnLines): Promise<void> {
  const folder = lineFolder(line);
  if (!(await isThere(line))) {
    own.add(folder);
    try {
      await writeExport(line);
    } catch (error) {
      own.delete(folder);
      throw error;
    }
  } else if (!own.has(folder)) {
    throw exportedByOther(`Pin "GPIO${line.offset}"`, folder);
  }
  const deadline = performance.now() + udevPatience;
  for (const file of ['value', 'direction', 'active_low', 'edge']) {
    await waitForFile(line, file, deadline);
  }
}

async function isThere(line: SysfsLine): Promise<boolean> {
  return (await tryOpen(join(lineFolder(line), 'direction'), constants.O_RDONLY)) !== 'ENOENT';
}

async function writeExport(line: SysfsLine): Promise<void> {
  try {
    const file = await open(join(line.folder, 'export'), constants.O_WRONLY);
    await file.write(String(line.number)).finally(() => file.close());
  } catch (error) {
    throw toLineError(line.offset, errnoOf(error), 'claim');
  }
}

async function waitForFile(line: SysfsLine, name: string, deadline: number): Promise<void> {
  const path = join(lineFolder(line), name);
  for (;;) {
    const failure = await tryOpen(path, constants.O_RDWR);
    if (failure === undefined) return;
    if (performance.now() >= deadline) {
      const code = failure === 'EACCES' ? 'GPIO_NO_ACCESS' : 'GPIO_DRIVER_FAILED';
      throw new GpioError(code, `The file "${path}" did not become writable (${failure}).`, {
        hint: joinGpioGroup,
      });
    }
    await sleep(udevPause);
  }
}

/** The code of the error, or undefined when the file opens. */
async function tryOpen(path: string, flags: number): Promise<string | undefined> {
  try {
    const file = await open(path, flags);
    await file.close();
    return undefined;
  } catch (error) {
    return errorCodeOf(error) ?? String(error);
  }
}
