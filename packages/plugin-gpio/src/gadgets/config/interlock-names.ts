import { firstPartyKinds } from '../kinds/first-party.js';
import {
  type ConfigFault,
  type ConfigWithNames,
  expectedOneOf,
  type InterlockList,
  membersOf,
} from './config-fault.js';
import type { GadgetConfig } from './gadget-config.js';

type Gadgets = Readonly<Record<string, GadgetConfig>>;

/** The gadgets of each list of an interlock; a group stands for its members. */
export function interlockGroups(
  written: InterlockList,
  gadgets: Gadgets,
): readonly (readonly string[])[] {
  return listsOf(written).map(({ names }) => expand(names, gadgets));
}

/** Names of an interlock that are no gadgets, or that switch nothing, so that it would hold nobody. */
export function interlockFaults({
  interlock,
  gadgets,
}: Pick<ConfigWithNames, 'interlock' | 'gadgets'>): readonly ConfigFault[] {
  const known = Object.keys(gadgets).filter((name) => mayHaveOutputs(gadgets[name]));
  return listsOf(interlock).flatMap(({ names, path }): readonly ConfigFault[] => {
    const faults = names.flatMap((name, index): readonly ConfigFault[] => {
      if (known.includes(name)) return [];
      const message = expectedOneOf('a gadget of this list that switches pins', name, known);
      return [{ path: [...path, index], message }];
    });
    if (faults.length > 0 || expand(names, gadgets).length > 1) return faults;
    return [{ path, message: 'expected at least two gadgets, or a group of them' }];
  });
}

/** What another plugin's kind has is not known before it is built; its names are looked at then. */
function mayHaveOutputs(config: GadgetConfig | undefined): boolean {
  if (config === undefined || config.type === 'group') return config !== undefined;
  const kind = firstPartyKinds.find(({ type }) => type === config.type);
  return kind?.switches === undefined || kind.switches(config).length > 0;
}

interface FoundList {
  readonly names: readonly string[];
  readonly path: readonly (string | number)[];
}

function listsOf(written: InterlockList): readonly FoundList[] {
  const lists = written.flatMap((each, index): FoundList[] =>
    typeof each === 'string' ? [] : [{ names: each, path: ['interlock', index] }],
  );
  if (lists.length > 0 || written.length === 0) return lists;
  const names = written.filter((each): each is string => typeof each === 'string');
  return [{ names, path: ['interlock'] }];
}

function expand(names: readonly string[], gadgets: Gadgets, above: readonly string[] = []) {
  const all = names.flatMap((name): readonly string[] => {
    // A group within itself is a fault of its own.
    if (above.includes(name)) return [];
    const members = membersOf(gadgets[name]);
    return members.length === 0 ? [name] : expand(members, gadgets, [...above, name]);
  });
  return [...new Set(all)];
}
