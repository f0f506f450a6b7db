import { type Finding, isPertyError, messageOf } from '@pertybot/core';
import { openDriver } from '../drivers/find-driver.js';
import type { DriverName, GpioDriver } from '../drivers/gpio-driver.js';
import { readReleasePolicy } from './release-policy.js';

/** What {@link checkPins} looks at; replaced in tests. */
export interface PinSurroundings {
  readonly open: (choice: 'auto' | DriverName) => Promise<GpioDriver>;
  readonly readReleasePolicy: () => Promise<'kept' | 'input' | undefined>;
}

/**
 * What `pertybot doctor` tells about pins: which driver works or why none does, and what becomes of
 * an output when the bot and its guardian die together. It claims no pin.
 */
export async function checkPins(
  choice: 'auto' | DriverName,
  surroundings: PinSurroundings = { open: (name) => openDriver(name), readReleasePolicy },
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
  const found: Finding = { level: 'ok', subject: 'driver', message };
  if (driver.name !== 'chardev') return [found];
  const policy = await surroundings.readReleasePolicy();
  return policy ? [found, toFinding(policy)] : [found];
}

function toFinding(policy: 'kept' | 'input'): Finding {
  if (policy === 'input') {
    const message = 'The kernel switches an output off when its program dies.';
    return { level: 'ok', subject: 'strict_gpiod', message };
  }
  return {
    level: 'info',
    subject: 'strict_gpiod',
    message: 'The kernel keeps an output on when its program dies; only the guardian ends that.',
    hint: 'Add "dtparam=strict_gpiod" to /boot/firmware/config.txt, then restart the computer.',
  };
}
