import { placeName } from '../../guard/pins/output-place.js';
import { firstPartyKinds } from '../kinds/first-party.js';
import { type ConfigFault, type ConfigWithNames, expectedOneOf } from './config-fault.js';
import { type GadgetConfig, ownKeysOf } from './gadget-config.js';

type Gadgets = ConfigWithNames['gadgets'];

/**
 * Places of `pins:` that nothing switches, so that their limits would hold nobody: those of no gadget
 * and, by the owner's word, of no plugin; and those that are named twice.
 */
export function pinFaults({
  pins,
  gadgets,
}: Pick<ConfigWithNames, 'pins' | 'gadgets'>): readonly ConfigFault[] {
  const known = [...switchedPins(gadgets)];
  const seen = new Set<string>();
  return Object.entries(pins).flatMap(([written, { plugin }]): readonly ConfigFault[] => {
    const path = ['pins', written];
    const name = placeName(written);
    if (seen.has(name)) return [{ path, message: `expected ${name} once` }];
    seen.add(name);
    if (plugin !== undefined || known.includes(name)) return [];
    if (Object.values(gadgets).some((config) => mentions(config, name))) return [];
    const expected = 'a pin that a gadget switches, or "plugin:" for one of a plugin';
    return [{ path, message: expectedOneOf(expected, name, known) }];
  });
}

/** Pins of gadgets whose kinds say what they switch. */
function switchedPins(gadgets: Gadgets): ReadonlySet<string> {
  return new Set(
    Object.values(gadgets).flatMap((config) => kindOf(config)?.switches?.(config) ?? []),
  );
}

/** Whether the gadget, of a kind that another plugin brings, names the pin anywhere. */
export function mentions(config: GadgetConfig, pin: string): boolean {
  return kindOf(config) === undefined && occursIn(ownKeysOf(config), pin);
}

function kindOf({ type }: GadgetConfig) {
  return firstPartyKinds.find((kind) => kind.type === type);
}

function occursIn(value: unknown, pin: string): boolean {
  if (typeof value === 'object' && value !== null) {
    return Object.values(value).some((child) => occursIn(child, pin));
  }
  if (typeof value !== 'string' && typeof value !== 'number') return false;
  try {
    return placeName(String(value)) === pin;
  } catch {
    return false;
  }
}
