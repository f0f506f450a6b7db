import { pinName } from '../../pin-name.js';
import { limitsOf, outputEntries } from '../config/limit-entries.js';
import { defineGadget } from '../gadget-kind.js';
import { switchVerbs } from './switch-verbs.js';

/** A relay; most boards with an optocoupler are active-low. */
export const relay = defineGadget({
  type: 'relay',
  about: 'A relay: on, off, toggle; it opens off, active-low or not',
  entries: { pin: pinName(), ...outputEntries },
  switches: ({ pin }) => [pin],
  async create({ output }, config) {
    const { pin, activeLow } = config;
    const contact = await output(pin, { kind: 'relay', activeLow, ...limitsOf(config) });
    return {
      get state() {
        return contact.state;
      },
      verbs: switchVerbs(contact),
    };
  },
});
