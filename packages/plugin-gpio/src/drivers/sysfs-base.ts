import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GpioError } from '../gpio-error.js';
import { headerChipLabel } from './chip-finder.js';

/** Where the header is in sysfs. */
export interface SysfsHeader {
  /** The number of GPIO0: 512 up to the Pi 4, 569 or 571 on a Pi 5, 0 before Linux 6.6. */
  readonly base: number;
  /** `pinctrl-rp1` */
  readonly label: string;
}

/**
 * Looks up the number that sysfs gives to GPIO0. It differs between models, kernels and even
 * batches of one model, so that any constant is wrong somewhere.
 * @param folder `/sys/class/gpio`
 * @throws GpioError GPIO_NO_CHIP
 */
export async function findSysfsHeader(folder: string): Promise<SysfsHeader> {
  const entries = await readdir(folder).catch((cause: unknown) => {
    throw new GpioError('GPIO_NO_CHIP', `This kernel has no GPIO files in "${folder}".`, {
      hint: 'Set driver: chardev, which needs Linux 5.10 or newer.',
      cause,
    });
  });
  const labels: string[] = [];
  for (const name of entries.filter((entry) => entry.startsWith('gpiochip'))) {
    const label = await readText(join(folder, name, 'label'));
    const base = Number(await readText(join(folder, name, 'base')));
    if (headerChipLabel.test(label) && Number.isInteger(base)) return { base, label };
    labels.push(label);
  }
  const found = labels.length > 0 ? `only "${labels.join(', ')}"` : 'no GPIO chip';
  throw new GpioError('GPIO_NO_CHIP', `There is ${found} in ${folder}, not the 40-pin header's.`, {
    hint: 'On a Raspberry Pi set driver: chardev; elsewhere use driver: simulated.',
  });
}

async function readText(path: string): Promise<string> {
  return (await readFile(path, 'utf8').catch(() => '')).trim();
}
