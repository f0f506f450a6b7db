import { closeSync, openSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCodeOf } from '@pertybot/core';
import { GpioError } from '../gpio-error.js';
import { type ChipInfo, gpioIoctl, newChipInfo, toChipInfo } from './gpio-uapi.js';
import { errnoName, joinGpioGroup } from './kernel-error.js';
import type { SystemCalls } from './system-calls.js';

/**
 * Labels of the chips that the 40-pin header hangs on: Pi 5, Pi 4, and all before. On each of them
 * the line's offset is the BCM number; the names of the lines differ between device trees.
 */
export const headerChipLabel = /^pinctrl-(?:rp1|bcm2711|bcm2835)$/;

/** An open character device of the header's chip. */
export interface OpenChip {
  readonly fd: number;
  /** `/dev/gpiochip0` */
  readonly path: string;
  readonly info: ChipInfo;
}

/**
 * Opens the character device of the header's chip, whatever its number on this kernel.
 * @param devFolder where the devices are
 * @throws GpioError GPIO_NO_CHIP, GPIO_NO_ACCESS
 */
export async function openHeaderChip(calls: SystemCalls, devFolder = '/dev'): Promise<OpenChip> {
  const refused: string[] = [];
  const seen: string[] = [];
  for (const path of await listChips(devFolder)) {
    const chip = tryChip(calls, path);
    if (typeof chip === 'string') refused.push(`${path} (${chip})`);
    else if (headerChipLabel.test(chip.info.label)) return chip;
    else {
      closeSync(chip.fd);
      seen.push(`${path} (${chip.info.label})`);
    }
  }
  if (refused.length > 0) {
    throw new GpioError('GPIO_NO_ACCESS', `This user may not open "${refused.join(', ')}".`, {
      hint: joinGpioGroup,
    });
  }
  const found = seen.length > 0 ? `only "${seen.join(', ')}"` : 'no GPIO chip';
  throw new GpioError(
    'GPIO_NO_CHIP',
    `There is ${found} in ${devFolder}, not the 40-pin header's.`,
    {
      hint: 'On a Raspberry Pi update the system (Linux 5.10 or newer); elsewhere use driver: simulated.',
    },
  );
}

/** Each chip once: some kernels link gpiochip4 to gpiochip0, where older ones had the header. */
async function listChips(devFolder: string): Promise<string[]> {
  const names = (await readdir(devFolder)).filter((name) => /^gpiochip\d+$/.test(name));
  const byDevice = new Map<string, string>();
  for (const name of names.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))) {
    const path = join(devFolder, name);
    const device = await stat(path).catch(() => undefined);
    if (!device) continue;
    const key = device.isCharacterDevice() ? String(device.rdev) : `${device.dev}:${device.ino}`;
    if (!byDevice.has(key)) byDevice.set(key, path);
  }
  return [...byDevice.values()];
}

/** The open chip, or the name of the errno. */
function tryChip(calls: SystemCalls, path: string): OpenChip | string {
  let fd: number;
  try {
    fd = openSync(path, 'r+');
  } catch (error) {
    return errorCodeOf(error) ?? String(error);
  }
  const info = newChipInfo();
  const failure = calls.ioctl(fd, gpioIoctl.chipInfo, info);
  if (failure === 0) return { fd, path, info: toChipInfo(info) };
  closeSync(fd);
  return errnoName(failure);
}
