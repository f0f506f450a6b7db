import { v } from '@pertybot/core';
import { isGadgetElsewhere } from '@pertybot/core/host';
import { defaultLimits } from '../../guard/limits/default-limits.js';
import { placeName } from '../../guard/pins/output-place.js';
import { firstPartyKinds } from '../kinds/first-party.js';
import {
  type ConfigFault,
  type ConfigWithNames,
  expectedOneOf,
  membersOf,
} from './config-fault.js';
import { interlockFaults } from './interlock-names.js';
import { pinFaults } from './limited-pins.js';
import { selfPlayFaults } from './self-play.js';
import { sharedPinFaults } from './shared-pins.js';
import { stepsIn } from './steps-in.js';

/** Valibot action that reports what does not fit: a name of what is not there, a light that may not flash so fast. */
export function checkConfig<Config extends ConfigWithNames>() {
  return v.rawCheck<Config>(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const config = dataset.value;
    for (const { path, message } of faultsOf(config)) {
      addIssue({ message, path: toIssuePath(config, path) });
    }
  });
}

function faultsOf(config: ConfigWithNames): readonly ConfigFault[] {
  return [
    ...stepFaults(config),
    ...groupFaults(config),
    ...selfPlayFaults(config),
    ...interlockFaults(config),
    ...pinFaults(config),
    ...sharedPinFaults(config),
    ...flashFaults(config),
  ];
}

function stepFaults({ gadgets, on }: ConfigWithNames): readonly ConfigFault[] {
  const known = Object.keys(gadgets);
  return [...stepsIn({ gadgets }), ...stepsIn({ on })].flatMap(({ step, path }) => {
    if (!('gadget' in step) || known.includes(step.gadget)) return [];
    if (isGadgetElsewhere(step.gadget)) return [];
    return { path, message: expectedOneOf('a gadget of this list', step.gadget, known) };
  });
}

/** A group is built when its members are: groups among them stand before it. */
function groupFaults({ gadgets }: ConfigWithNames): readonly ConfigFault[] {
  const names = Object.keys(gadgets);
  return names.flatMap((group, place) => {
    const later = names.slice(place).filter((name) => gadgets[name]?.type === 'group');
    const known = names.filter((name) => !later.includes(name));
    return membersOf(gadgets[group]).flatMap((member, index) => {
      if (known.includes(member)) return [];
      if (!names.includes(member) && isGadgetElsewhere(member)) return [];
      const expected = later.includes(member)
        ? 'no group that stands at or below this one'
        : 'a gadget of this list';
      const message = expectedOneOf(expected, member, later.includes(member) ? [] : known);
      return { path: ['gadgets', group, 'gadgets', index], message };
    });
  });
}

/** Lights that would blink faster than their limit, so that each blink would end early. */
function flashFaults({
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

/** A fault is always below a key. */
function toIssuePath(config: object, path: ConfigFault['path']) {
  let parent: object = config;
  const items = path.map((key): v.IssuePathItem => {
    const input = parent;
    const value: unknown = Reflect.get(input, key);
    if (typeof value === 'object' && value !== null) parent = value;
    return { type: 'unknown', origin: 'value', input, key, value };
  });
  return items as [v.IssuePathItem, ...v.IssuePathItem[]];
}
