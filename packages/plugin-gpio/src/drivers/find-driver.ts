import { type Clock, isPertyError, messageOf } from '@pertybot/core';
import { GpioError } from '../gpio-error.js';
import { ChardevDriver } from './chardev-driver.js';
import type { DriverName, GpioDriver } from './gpio-driver.js';
import { OnoffDriver } from './onoff-driver.js';
import { OwnLines } from './own-lines.js';
import { isRaspberryPi } from './raspberry-pi.js';
import { SimulatedBoard } from './simulated-board.js';
import { SimulatedDriver } from './simulated-driver.js';

/** What the drivers are opened with. */
export interface DriverOptions {
  /** The board that `simulated` drives. @default a new one */
  readonly board?: SimulatedBoard;
  /** Time of a new simulated board. @default the machine's clock */
  readonly clock?: Clock;
  /** Name under which the kernel shows the claimed lines. @default 'pertybot' */
  readonly consumer?: string;
  /** What a bot before this one has left exported in sysfs. @default nothing */
  readonly ownLines?: OwnLines;
}

/** What {@link openDriver} looks at; replaced in tests. */
export interface DriverSearch {
  readonly create: (name: DriverName, options: DriverOptions) => Promise<GpioDriver>;
  readonly isRaspberryPi: () => Promise<boolean>;
}

/**
 * Opens the driver `name`; its packages are loaded only now.
 * @throws GpioError that says why it does not work here
 */
export async function createDriver(
  name: DriverName,
  options: DriverOptions = {},
): Promise<GpioDriver> {
  const consumer = options.consumer ?? 'pertybot';
  if (name === 'chardev') return ChardevDriver.open({ consumer });
  if (name === 'onoff') {
    const { ownLines = new OwnLines() } = options;
    return OnoffDriver.open({ consumer, ownLines });
  }
  return new SimulatedDriver(options.board ?? new SimulatedBoard(options.clock), consumer);
}

/**
 * Opens the driver that the owner chose. `auto` takes chardev, then onoff, and the simulated board
 * only where there is no Raspberry Pi: on a real one a bot must never pretend to move pins.
 * @throws GpioError of the driver; for `auto` on a Pi, one that says why each of them failed
 */
export async function openDriver(
  choice: 'auto' | DriverName,
  options: DriverOptions = {},
  search: DriverSearch = { create: createDriver, isRaspberryPi },
): Promise<GpioDriver> {
  if (choice !== 'auto') return search.create(choice, options);
  const failures: unknown[] = [];
  for (const name of ['chardev', 'onoff'] as const) {
    try {
      return await search.create(name, options);
    } catch (error) {
      failures.push(error);
    }
  }
  if (!(await search.isRaspberryPi())) return search.create('simulated', options);
  throw noDriver(failures);
}

function noDriver([chardev, onoff]: readonly unknown[]): GpioError {
  const why = `chardev: ${messageOf(chardev)} onoff: ${messageOf(onoff)}`;
  return new GpioError('GPIO_DRIVER_FAILED', `No GPIO driver works on this Raspberry Pi. ${why}`, {
    hint: isPertyError(chardev) ? chardev.hint : undefined,
    cause: chardev,
  });
}
