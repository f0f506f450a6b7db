import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The kernel's drivers of the header: up to the Pi 4, and of the Pi 5. */
const pinctrlModules = ['pinctrl_rp1', 'pinctrl_bcm2835'];

/**
 * What the kernel does with an output that its program gives back, by dying too: `kept` leaves it
 * at its level, the default of Raspberry Pi OS; `input` switches it off, which is what
 * `dtparam=strict_gpiod` in config.txt asks for. Source: Raspberry Pi documentation, "GPIO best
 * practices", and the parameter `persist_gpio_outputs` of the kernel's pinctrl drivers.
 * @returns undefined when the kernel does not say
 */
export async function readReleasePolicy(
  moduleFolder = '/sys/module',
): Promise<'kept' | 'input' | undefined> {
  for (const name of pinctrlModules) {
    const path = join(moduleFolder, name, 'parameters/persist_gpio_outputs');
    const value = (await readFile(path, 'utf8').catch(() => '')).trim();
    if (value === 'Y') return 'kept';
    if (value === 'N') return 'input';
  }
  return undefined;
}
