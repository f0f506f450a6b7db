import type { OnOptions, Output } from '../../gpio.js';
import { type Verb, type VerbCall, verb } from '../verbs/verb.js';
import { time } from '../verbs/verb-value.js';

/** How long it is to be on, and what ends it: a signal is made where somebody asks for one, which is seldom. */
class Wish implements OnOptions {
  constructor(private readonly call: VerbCall<number>) {}

  get for(): number | undefined {
    return this.call.value;
  }

  get signal(): AbortSignal {
    return this.call.signal;
  }
}

/** The verbs of whatever is on or off. */
export function switchVerbs(
  output: Pick<Output, 'on' | 'off' | 'toggle'>,
): Record<'on' | 'off' | 'toggle', Verb> {
  return {
    on: verb({
      about: 'Switches it on, for a time if one is given',
      value: time(),
      run: (call) => output.on(new Wish(call)),
    }),
    off: verb({ about: 'Switches it off', urgent: true, lasts: 0, run: () => output.off() }),
    toggle: verb({ about: 'Switches it over', run: () => output.toggle() }),
  };
}
