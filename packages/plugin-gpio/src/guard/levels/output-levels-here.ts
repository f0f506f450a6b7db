import type { OutputInfo } from '../../gpio.js';
import type { GpioConfig } from '../../gpio-config.js';
import { readBootPins } from './boot-pins.js';
import type { ReleasePolicy } from './level-warnings.js';
import { levelsOf, type OutputLevels, placedOutputs } from './output-levels.js';
import { readReleasePolicy } from './release-policy.js';

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
