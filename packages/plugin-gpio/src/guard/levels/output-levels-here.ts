import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OutputInfo } from '../../gpio.js';
import type { GpioConfig } from '../../gpio-config.js';
import { readBootPins } from './boot-pins.js';
import type { ReleasePolicy } from './level-warnings.js';
import { levelsOf, type OutputLevels, placedOutputs } from './output-levels.js';

/** The kernel's drivers of the header: up to the Pi 4, and of the Pi 5. */
const pinctrlModules = ['pinctrl_rp1', 'pinctrl_bcm2835'];

/** Levels of outputs on this machine. */
export interface LevelsHere {
  readonly outputs: readonly OutputLevels[];
  readonly policy: ReleasePolicy;
}

/**
 * The levels of a bot's outputs while it does not hold them, with what config.txt and the kernel of this machine
 * say of it. None where its board is a simulated one by the owner's word.
 */
export async function outputLevels(
  outputs: readonly OutputInfo[],
  driver: GpioConfig['driver'],
): Promise<LevelsHere> {
  if (driver === 'simulated') return { outputs: [], policy: undefined };
  const [bootPins, policy] = await Promise.all([readBootPins(), readReleasePolicy()]);
  const surroundings = { driver: driver === 'onoff' ? driver : ('chardev' as const), bootPins };
  const levels = placedOutputs(outputs).flatMap((each) => levelsOf(each, surroundings) ?? []);
  return { outputs: levels, policy };
}

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
