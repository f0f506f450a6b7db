import path from 'node:path';
import type { Clock, Logger } from '@pertybot/core';
import { openDriver } from './drivers/find-driver.js';
import type { DriverName, GpioDriver } from './drivers/gpio-driver.js';
import type { OwnLines } from './drivers/own-lines.js';
import type { SimulatedBoard } from './drivers/simulated-board.js';
import { Guardian } from './guardian/guardian.js';
import { makePinsSafe } from './guardian/make-pins-safe.js';
import { PinsFile } from './guardian/pins-file.js';
import { WatchedDriver } from './guardian/watched-driver.js';

/** What the driver is opened with. */
export interface WatchedDriverOptions {
  readonly choice: 'auto' | DriverName;
  readonly board: SimulatedBoard;
  readonly clock: Clock;
  readonly log: Logger;
  /** What this bot has exported in sysfs. */
  readonly ownLines: OwnLines;
  /** The bot's state folder. */
  readonly stateFolder: string;
  /** Called when the bot stood still, so that outputs may have been switched off without it. */
  readonly onStall: () => void;
}

/**
 * Opens the owner's driver, with a guardian for its outputs where there are real ones. What a bot
 * that died has left on is switched off first.
 * @throws GpioError when no driver works
 */
export async function openWatchedDriver(options: WatchedDriverOptions): Promise<GpioDriver> {
  const { choice, board, clock, log, ownLines, onStall } = options;
  const pinsFile = new PinsFile(path.join(options.stateFolder, 'pins.json'));
  for (const { name, outcome, reason } of await makePinsSafe(pinsFile.path, {
    botIsDead: true,
  })) {
    if (outcome === 'set') log.warn(`${name} was switched off: a bot that died had held it.`);
    else log.warn(`${name} may be on, since a bot that died: ${reason ?? outcome}`);
  }
  const driver = await openDriver(choice, { board, clock, ownLines });
  if (driver.name === 'simulated') return driver;
  return new WatchedDriver(driver, new Guardian({ pinsFile, log, onStall }));
}
