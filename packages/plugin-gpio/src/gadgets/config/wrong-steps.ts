import type { Refusal } from '@pertybot/core';
import type { ConfigFault, ConfigWithNames } from './config-fault.js';
import { stepsIn } from './steps-in.js';

/**
 * Steps that the gadgets which they name would refuse: a verb that is none, a value that does not fit.
 * @param refusalOf why a gadget would not take an action; undefined when it would, or is not known
 */
export function wrongSteps(
  { gadgets, on }: Pick<ConfigWithNames, 'gadgets' | 'on'>,
  refusalOf: (gadget: string, action: string) => Refusal | undefined,
): readonly ConfigFault[] {
  return [...stepsIn({ gadgets }), ...stepsIn({ on })].flatMap(({ step, path }) => {
    const refusal = 'gadget' in step ? refusalOf(step.gadget, step.action) : undefined;
    if (refusal === undefined) return [];
    const expected = (refusal.text ?? refusal.reason).replace(/\.$/, '');
    return [{ path, message: expected }];
  });
}
