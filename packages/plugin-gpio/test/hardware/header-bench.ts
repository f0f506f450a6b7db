import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDriver } from '../../src/drivers/find-driver.js';
import type { DriverName, Level } from '../../src/drivers/gpio-driver.js';
import type { DriverBench } from '../drivers/driver-contract.js';

/** The outside of the header's pins, as the kernel's gpio-sim shows it. */
function pinFile(offset: number, name: 'value' | 'pull'): string {
  const folder = process.env.GPIO_SIM;
  if (!folder) throw new Error('These tests need a kernel with a simulated header.');
  return join(folder, `sim_gpio${offset}`, name);
}

/** What a meter at the pin would show. */
export function levelAt(offset: number): Level {
  return readFileSync(pinFile(offset, 'value'), 'utf8').trim() === '1' ? 1 : 0;
}

/** The file to which a meter at the pin would write. */
export function meterFile(offset: number): string {
  return pinFile(offset, 'value');
}

/** Holds an input at a level, as a button would. */
export function driveAt(offset: number, level: Level): void {
  writeFileSync(pinFile(offset, 'pull'), level === 1 ? 'pull-up' : 'pull-down');
}

/** The simulated header as a bench for the contract suite. */
export function headerBench(name: DriverName): DriverBench {
  return {
    open: () => createDriver(name),
    level: levelAt,
    drive: driveAt,
    pulls: name === 'chardev',
  };
}
