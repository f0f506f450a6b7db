import { readFile } from 'node:fs/promises';
import { findSysfsHeader } from './sysfs-base.js';

/**
 * Whether this computer is a Raspberry Pi: its device tree says so, or a GPIO chip has the label of
 * the 40-pin header. Both can be read without any right to the pins.
 */
export async function isRaspberryPi(
  modelFile = '/proc/device-tree/model',
  sysfsFolder = '/sys/class/gpio',
): Promise<boolean> {
  const model = await readFile(modelFile, 'utf8').catch(() => '');
  if (model.includes('Raspberry Pi')) return true;
  return findSysfsHeader(sysfsFolder).then(
    () => true,
    () => false,
  );
}
