import type { Logger } from '@pertybot/core';
import { type DriverOptions, openDriver } from '../drivers/find-driver.js';
import type { DriverName, GpioDriver } from '../drivers/gpio-driver.js';
import { Guardian } from './guardian.js';
import { makePinsSafe } from './make-pins-safe.js';
import { PinsFile } from './pins-file.js';
import { WatchedDriver } from './watched-driver.js';

/** What {@link openWatchedDriver} takes beside the driver's options. */
export interface WatchOptions extends DriverOptions {
  /** Where the outputs are listed for the next start: `.pertybot/pins.json`. */
  readonly pinsFile: string;
  readonly log: Logger;
  /**
   * Called when the bot stood still for so long that its outputs may have been switched off.
   * @param gap milliseconds
   */
  readonly onStall?: (gap: number) => void;
}

/**
 * Makes safe what a bot before this one may have left on, then opens the chosen driver with a
 * guardian beside it. The simulated board needs none.
 * @throws GpioError as openDriver
 */
export async function openWatchedDriver(
  choice: 'auto' | DriverName,
  options: WatchOptions,
): Promise<GpioDriver> {
  const { pinsFile, log, onStall } = options;
  for (const { offset, outcome, reason } of await makePinsSafe(pinsFile, { botIsDead: true })) {
    if (outcome === 'set') log.warn(`GPIO${offset} was left by a bot that died; it is safe now.`);
    else log.error(`GPIO${offset} was left by a bot that died: ${reason}`);
  }
  const driver = await openDriver(choice, options);
  if (driver.name === 'simulated') return driver;
  const guardian = new Guardian({
    pinsFile: new PinsFile(pinsFile),
    log,
    ...(onStall ? { onStall } : {}),
  });
  return new WatchedDriver(driver, guardian);
}
