import { onboardLedName } from '../../guard/pins/output-place.js';
import { parsePin } from '../../pin-name.js';
import { firstPartyKinds } from '../kinds/first-party.js';
import type { ConfigFault, ConfigWithNames } from './config-fault.js';
import type { GadgetConfig } from './gadget-config.js';

/** Keys by which gadgets of our kinds name pins. */
const pinKeys = ['pin', 'red', 'green', 'blue', 'forward', 'backward'];

/**
 * Pins that two gadgets want. Which of them hangs there nobody knows, and so not whose limits are right: neither may
 * have it until the owner says so.
 */
export function sharedPinFaults({
  gadgets,
}: Pick<ConfigWithNames, 'gadgets'>): readonly ConfigFault[] {
  const owners = new Map<string, string>();
  return Object.entries(gadgets).flatMap(([name, config]) =>
    placesOf(config).flatMap(({ key, place }): readonly ConfigFault[] => {
      const other = owners.get(place);
      owners.set(place, other ?? name);
      if (other === undefined) return [];
      const whose =
        other === name
          ? `"${name}" has ${describe(place)} already`
          : `${describe(place)} is that of "${other}"`;
      const message = `expected a pin of its own: ${whose}`;
      return [{ path: ['gadgets', name, key], message }];
    }),
  );
}

/** What a gadget of one of our kinds has for itself, and the keys that say so. */
function placesOf(
  config: GadgetConfig,
): readonly { readonly key: string; readonly place: string }[] {
  const kind = firstPartyKinds.find(({ type }) => type === config.type);
  const keys = pinKeys.filter((key) => kind && Object.hasOwn(kind.entries, key));
  const pins = keys.flatMap((key) => {
    const place = config[key];
    return typeof place === 'string' ? [{ key, place }] : [];
  });
  const isOnboard = kind?.switches?.(config).includes(onboardLedName) ?? false;
  return isOnboard ? [...pins, { key: 'type', place: onboardLedName }] : pins;
}

function describe(place: string): string {
  if (place === onboardLedName) return "the board's own LED";
  return `${place} (BOARD${parsePin(place).board})`;
}
