import type { Output } from '../../gpio.js';
import { type Verb, verb } from '../verbs/verb.js';
import { time } from '../verbs/verb-value.js';

/** The verbs of whatever is on or off. */
export function switchVerbs(
  output: Pick<Output, 'on' | 'off' | 'toggle'>,
): Record<'on' | 'off' | 'toggle', Verb> {
  return {
    on: verb({
      about: 'Switches it on, for a time if one is given',
      value: time(),
      run: ({ value, signal }) =>
        output.on(value === undefined ? { signal } : { for: value, signal }),
    }),
    off: verb({ about: 'Switches it off', urgent: true, lasts: 0, run: () => output.off() }),
    toggle: verb({ about: 'Switches it over', run: () => output.toggle() }),
  };
}
