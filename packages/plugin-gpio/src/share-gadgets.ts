import type { GadgetSource, SharedOutput } from '@pertybot/core/host';
import type { GadgetRegistry } from './gadgets/build/gadget-registry.js';
import type { OutputInfo } from './gpio.js';
import type { GpioConfig } from './gpio-config.js';
import type { PinGuard } from './guard/pin-guard.js';

/** The gadgets of one gpio entry, as the other plugins of the bot see them. */
export function shareGadgets(
  gadgets: GadgetRegistry,
  guard: PinGuard,
  { guardian }: Pick<GpioConfig, 'guardian'>,
): GadgetSource {
  return {
    get list() {
      return gadgets.list;
    },
    get outputs() {
      return guard.outputs.map((output) => toShared(output, guard.driver.name, guardian));
    },
    find: (name) => gadgets.find(name),
  };
}

function toShared(
  { limits, ...output }: OutputInfo,
  driver: string,
  guardian: GpioConfig['guardian'],
): SharedOutput {
  const { maxOn, minOff, maxTogglesPerSecond } = limits;
  return { ...output, driver, guardian, maxOn, minOff, maxTogglesPerSecond };
}
