import { isPertyError, messageOf } from '@pertybot/core';
import { openDriver } from '../drivers/find-driver.js';
import type { DriverName, GpioDriver } from '../drivers/gpio-driver.js';
import type { OwnLines } from '../drivers/own-lines.js';
import type { OutputInfo } from '../gpio.js';
import type { GpioConfig } from '../gpio-config.js';
import { onboardLedName } from '../guard/pins/output-place.js';
import { parsePin } from '../pin-name.js';
import { planGadgets } from '../plan-gadgets.js';
import type { SafePin } from './make-pins-safe.js';

/**
 * Switches off every output of the gadgets in a config, by claiming it as the bot would and giving it back:
 * for when nobody knows what a bot that died had held. Outputs that plugins claim themselves are unknown here.
 * @param ownLines what that bot has exported in sysfs
 */
export async function setConfiguredPins(
  config: GpioConfig,
  ownLines: OwnLines,
  open: (choice: 'auto' | DriverName) => Promise<GpioDriver> = (choice) =>
    openDriver(choice, { ownLines }),
): Promise<readonly SafePin[]> {
  const results: SafePin[] = [];
  for (const [name, gadget] of Object.entries(config.gadgets)) {
    // One by one, so that a gadget that cannot be built keeps none of the others on.
    const alone = { ...config, gadgets: { [name]: gadget }, on: {}, interlock: [] };
    const outputs = await outputsOf(alone);
    if (outputs.length === 0) continue;
    try {
      const driver = await open(config.driver);
      const isReal = driver.name !== 'simulated';
      const { failures } = await planGadgets(alone, driver, ownLines);
      for (const error of failures.values()) throw error;
      if (isReal) results.push(...outputs.map((output) => toSafePin(output, { outcome: 'set' })));
    } catch (error) {
      const outcome = isPertyError(error) && error.code === 'GPIO_PIN_BUSY' ? 'held' : 'failed';
      const reason = messageOf(error);
      results.push(...outputs.map((output) => toSafePin(output, { outcome, reason })));
    }
  }
  return results;
}

/** What the gadget would move; nothing where it needs others, as a group does, or is wrong. */
async function outputsOf(config: GpioConfig): Promise<readonly OutputInfo[]> {
  try {
    const { outputs } = await planGadgets(config);
    return outputs.filter(({ dryRun }) => !dryRun);
  } catch {
    return [];
  }
}

function toSafePin(
  { pin, level }: OutputInfo,
  result: Pick<SafePin, 'outcome' | 'reason'>,
): SafePin {
  const offset = pin === onboardLedName ? -1 : parsePin(pin).gpio;
  return { offset, name: pin, safe: level, ...result };
}
