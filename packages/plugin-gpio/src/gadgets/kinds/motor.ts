import type { Output } from '../../gpio.js';
import { pinName } from '../../pin-name.js';
import { limitsOf, outputEntries } from '../config/limit-entries.js';
import { defineGadget } from '../gadget-kind.js';
import { type Verb, verb } from '../verbs/verb.js';
import { time } from '../verbs/verb-value.js';

/** A motor behind a driver with an input for each direction, such as an L298N or DRV8833. */
export const motor = defineGadget({
  type: 'motor',
  about: 'A motor behind a driver with two inputs: forward, backward, stop',
  entries: {
    forward: pinName('The pin that turns it forward.'),
    backward: pinName('The pin that turns it backward.'),
    ...outputEntries,
  },
  switches: ({ forward, backward }) => [forward, backward],
  async create({ name, output }, config) {
    const { activeLow } = config;
    const options = { kind: 'motor' as const, activeLow, interlock: name, ...limitsOf(config) };
    const forward = await output(config.forward, options);
    const backward = await output(config.backward, options);
    const stop = async () => {
      await forward.off();
      return backward.off();
    };
    return {
      get state() {
        if (forward.state === 'on') return 'going forward';
        return backward.state === 'on' ? 'going backward' : 'stopped';
      },
      verbs: {
        forward: turn('Turns forward', { to: forward, from: backward }),
        backward: turn('Turns backward', { to: backward, from: forward }),
        stop: verb({ about: 'Stops', urgent: true, lasts: 0, run: stop }),
        off: verb({ about: 'Stops, as stop does', urgent: true, lasts: 0, run: stop }),
      },
    };
  },
});

function turn(about: string, { to, from }: { readonly to: Output; readonly from: Output }): Verb {
  return verb({
    about: `${about}, for a time if one is given`,
    value: time(),
    async run({ value, signal }) {
      await from.off();
      return to.on(value === undefined ? { signal } : { for: value, signal });
    },
  });
}
