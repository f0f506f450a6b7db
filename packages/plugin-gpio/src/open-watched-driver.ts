import path from 'node:path';
import type { Clock, Logger } from '@pertybot/core';
import { removeTakeoverNotes, takeoverNotePrefix } from '@pertybot/core/host';
import { openDriver } from './drivers/find-driver.js';
import type { GpioDriver } from './drivers/gpio-driver.js';
import type { OwnLines } from './drivers/own-lines.js';
import type { SimulatedBoard } from './drivers/simulated-board.js';
import type { GpioConfig } from './gpio-config.js';
import { Guardian } from './guardian/guardian.js';
import { scopeLauncher, standBeforeGuardian } from './guardian/guardian-placement.js';
import { PinsFile } from './guardian/pins-file.js';
import { setConfiguredPins } from './guardian/set-configured-pins.js';
import { switchOffLeft } from './guardian/switch-off-left.js';
import { WatchedDriver } from './guardian/watched-driver.js';

/** What the driver is opened with. */
export interface WatchedDriverOptions {
  readonly config: GpioConfig;
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

/** Notes of guardians that stay until somebody has read them. */
const mostNotes = 8;

/**
 * Opens the owner's driver, with a guardian for its outputs where there are real ones. What a bot
 * that died has left on is switched off first.
 * @throws GpioError when no driver works
 */
export async function openWatchedDriver(options: WatchedDriverOptions): Promise<GpioDriver> {
  const { config, board, clock, log, ownLines, onStall, stateFolder } = options;
  const pinsFile = new PinsFile(path.join(stateFolder, 'pins.json'));
  await switchOffLeft(stateFolder, log, (state) => {
    // Without a list the gadgets are claimed anyway, at their off level.
    if (state === 'absent') return [];
    log.warn(`"${pinsFile.path}" cannot be read: every configured output is switched off.`);
    return setConfiguredPins(config, ownLines);
  });
  // A bot without rewards reads none.
  removeTakeoverNotes(stateFolder, mostNotes);
  const driver = await openDriver(config.driver, { board, clock, ownLines });
  if (driver.name === 'simulated') return driver;
  const guardian = new Guardian({
    pinsFile,
    log,
    onStall,
    optional: config.guardian === 'optional',
    launcher: scopeLauncher(),
    oomScore: standBeforeGuardian(),
    note: takeoverNotePrefix(stateFolder),
  });
  return new WatchedDriver(driver, guardian);
}
