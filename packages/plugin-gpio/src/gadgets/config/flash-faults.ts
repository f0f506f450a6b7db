import { defaultLimits } from '../../guard/limits/default-limits.js';
import { firstPartyKinds } from '../kinds/first-party.js';
import type { ConfigFault, ConfigWithNames } from './config-fault.js';
import { placeName } from './place-name.js';

/** Lights that would blink faster than their limit, so that each blink would end early. */
export function flashFaults({
  gadgets,
  pins,
}: Pick<ConfigWithNames, 'gadgets' | 'pins'>): readonly ConfigFault[] {
  return Object.entries(gadgets).flatMap(([name, config]): readonly ConfigFault[] => {
    const { type, blinkOn, blinkOff, maxTogglesPerSecond: asked } = config;
    if (typeof blinkOn !== 'number' || typeof blinkOff !== 'number') return [];
    const kind = firstPartyKinds.find((each) => each.type === type);
    const [pin] = kind?.switches?.(config) ?? [];
    const owner = Object.entries(pins).find(([written]) => placeName(written) === pin)?.[1];
    const usual = defaultLimits.light.maxTogglesPerSecond;
    const allowed = owner?.maxTogglesPerSecond ?? usual ?? Infinity;
    const most = typeof asked === 'number' ? Math.min(asked, allowed) : allowed;
    const least = Math.ceil(1_000 / most);
    if (blinkOn + blinkOff >= least) return [];
    const lift = `${pin}: { maxTogglesPerSecond: ${Math.ceil(1_000 / (blinkOn + blinkOff))} }`;
    const message = `expected blinkOn and blinkOff of ${least}ms together, which is ${most} flashes a second; "pins: { ${lift} }" allows more`;
    // One that is not written has its default: the other one is the fault.
    return [{ path: ['gadgets', name, 'blinkOn'], message }];
  });
}
