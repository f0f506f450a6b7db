import { type Finding, isPertyError, messageOf } from '@pertybot/core';
import { openDriver } from '../drivers/find-driver.js';
import type { DriverName, GpioDriver } from '../drivers/gpio-driver.js';

/** What {@link checkPins} looks at; replaced in tests. */
export interface PinSurroundings {
  readonly open: (choice: 'auto' | DriverName) => Promise<GpioDriver>;
}

/**
 * What `pertybot doctor` tells about pins: which driver works or why none does. It claims no pin.
 */
export async function checkPins(
  choice: 'auto' | DriverName,
  surroundings: PinSurroundings = { open: (name) => openDriver(name) },
): Promise<readonly Finding[]> {
  let driver: GpioDriver;
  try {
    driver = await surroundings.open(choice);
  } catch (error) {
    const hint = isPertyError(error) ? error.hint : undefined;
    const finding = { level: 'error', subject: 'driver', message: messageOf(error) } as const;
    return [hint === undefined ? finding : { ...finding, hint }];
  }
  await driver.close();
  const message = `Pins are driven by ${driver.name}: ${driver.description}.`;
  return [{ level: 'ok', subject: 'driver', message }];
}
