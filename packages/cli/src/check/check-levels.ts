import type { Finding } from '@pertybot/core';
import type { Bot } from '@pertybot/core/host';
import {
  describeLevels,
  levelWarnings,
  type OutputInfo,
  type OutputLevels,
  outputLevels,
} from '@pertybot/plugin-gpio';

const drivers = ['auto', 'chardev', 'onoff', 'simulated'] as const;

/** The levels of a bot's outputs while it does not hold them, and what is wrong with them. */
export interface CheckedLevels {
  readonly levels: readonly OutputLevels[];
  readonly warnings: readonly Finding[];
}

/** Looks at the outputs that a rehearsal found, with the driver that plugins.yaml names. */
export async function checkLevels(
  bot: Pick<Bot, 'plugins' | 'configOf'>,
  outputs: readonly OutputInfo[],
): Promise<CheckedLevels> {
  const { outputs: levels, policy } = await outputLevels(outputs, driverOf(bot));
  const warnings = levelWarnings(levels, policy).filter(({ level }) => level === 'warning');
  return { levels, warnings };
}

/** A sentence for each output. */
export function formatLevels(levels: readonly OutputLevels[]): readonly string[] {
  return levels.map(describeLevels);
}

function driverOf(bot: Pick<Bot, 'plugins' | 'configOf'>) {
  const configs = bot.plugins.flatMap(({ id, provides }) =>
    provides.includes('Gpio') ? [bot.configOf(id)] : [],
  );
  const named = configs.map((config) => {
    const has = typeof config === 'object' && config !== null && 'driver' in config;
    return has ? drivers.find((driver) => driver === config.driver) : undefined;
  });
  return named.find((driver) => driver !== undefined) ?? 'auto';
}
