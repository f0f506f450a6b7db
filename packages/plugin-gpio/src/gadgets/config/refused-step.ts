import { formatDuration, isRefusal, type Refusal, refuse } from '@pertybot/core';
import type { OutputInfo } from '../../gpio.js';
import type { Gadget } from '../gadget.js';
import { type Action, readAction, type VerbTable } from '../verbs/action.js';

/** A gadget as far as its steps are judged. */
export type JudgedGadget = Pick<Gadget, 'name' | 'type' | 'drives'> & {
  readonly verbTable: VerbTable;
};

/** What steps are judged by. */
export interface StepJudge {
  readonly outputs: readonly Pick<OutputInfo, 'gadget' | 'limits'>[];
  /** Undefined where it is not built. */
  find(name: string): JudgedGadget | undefined;
}

/**
 * Why a gadget would not do all that a step wants: a verb that is none, a value that does not fit it or one of its
 * members, a time that its limit ends.
 * @returns undefined when it would, or is not known
 */
export function refusedStep(name: string, action: string, judge: StepJudge): Refusal | undefined {
  const gadget = judge.find(name);
  if (gadget === undefined) return undefined;
  const read = readAction(action, gadget.verbTable);
  if (isRefusal(read)) return read;
  const long = tooLong(gadget, read, judge);
  if (long || gadget.type !== 'group') return long;
  for (const member of gadget.drives) {
    const refusal = refusedStep(member, action, judge);
    if (refusal)
      return refuse(refusal.reason, {
        text: `its member "${member}": ${refusal.text ?? refusal.reason}`,
      });
  }
  return undefined;
}

function tooLong(
  { name }: JudgedGadget,
  { verb, value }: Action,
  { outputs }: StepJudge,
): Refusal | undefined {
  if (verb.value?.name !== 'time' || typeof value !== 'number') return undefined;
  const own = outputs.filter(({ gadget }) => gadget === name);
  const most = Math.min(...own.map(({ limits }) => limits.maxOn ?? Number.POSITIVE_INFINITY));
  if (value <= most) return undefined;
  const text = `${name} is on for ${formatDuration(most)} at most, which is its maxOn.`;
  return refuse('gadget.value', { text });
}
