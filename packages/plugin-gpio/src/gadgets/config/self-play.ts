import { type ConfigFault, type ConfigWithNames, membersOf } from './config-fault.js';
import type { GadgetConfig } from './gadget-config.js';
import { type FoundStep, stepsIn } from './steps-in.js';

type Gadgets = Readonly<Record<string, GadgetConfig>>;

/** Steps of a sequence by which it would play itself, at once or by way of others. */
export function selfPlayFaults({
  gadgets,
}: Pick<ConfigWithNames, 'gadgets'>): readonly ConfigFault[] {
  return Object.keys(gadgets).flatMap((name) =>
    stepsOf(gadgets, name).flatMap(({ step, path }) => {
      if (!('gadget' in step) || !reaches(gadgets, step.gadget, name)) return [];
      const how = step.gadget === name ? 'itself' : `"${step.gadget}", which plays "${name}"`;
      const message = `expected another gadget: "${name}" would play ${how}, and so be busy for good`;
      return [{ path: ['gadgets', name, 'steps', ...path], message }];
    }),
  );
}

/** The steps of a sequence; none of what is no sequence. */
function stepsOf(gadgets: Gadgets, name: string): readonly FoundStep[] {
  const config = gadgets[name];
  return config?.type === 'sequence' ? [...stepsIn(config.steps)] : [];
}

function reaches(gadgets: Gadgets, from: string, to: string): boolean {
  const reached = new Set([from]);
  // A set that grows while it is walked is walked to its end.
  for (const name of reached) {
    if (name === to) return true;
    const played = stepsOf(gadgets, name).flatMap(({ step }) =>
      'gadget' in step ? [step.gadget] : [],
    );
    for (const next of [...played, ...membersOf(gadgets[name])]) reached.add(next);
  }
  return false;
}
