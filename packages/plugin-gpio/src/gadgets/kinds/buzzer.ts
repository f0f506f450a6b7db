import { duration, v } from '@pertybot/core';
import { pinName } from '../../pin-name.js';
import { defineGadget } from '../gadget-kind.js';
import { limitsOf, outputEntries } from '../limit-entries.js';
import { playPattern, repeated } from '../play-pattern.js';
import { verb } from '../verb.js';
import { count } from '../verb-value.js';
import { longestMorse, parseMorse } from './morse.js';
import { switchVerbs } from './switch-verbs.js';

/** Most beeps of one `beep`. */
const mostBeeps = 10;

/** A buzzer or horn that sounds while it has power. */
export const buzzer = defineGadget({
  type: 'buzzer',
  about: 'A buzzer or horn: beep, pattern, on, off',
  busy: 'queue(5)',
  entries: {
    pin: pinName(),
    ...outputEntries,
    /** Length of a beep, and of the pause between two. */
    beep: v.optional(duration(), '150ms'),
    pause: v.optional(duration(), '150ms'),
  },
  async create({ output, sleep }, config) {
    const { pin, activeLow, beep, pause } = config;
    const horn = await output(pin, { kind: 'buzzer', activeLow, ...limitsOf(config) });
    const { on, off } = switchVerbs(horn);
    return {
      get state() {
        return horn.state;
      },
      direct: 'beep',
      verbs: {
        beep: verb({
          about: 'Beeps, once unless told otherwise',
          value: count(1, mostBeeps),
          reply: '{gadget} beeps {times}',
          lasts: mostBeeps * (beep + pause),
          run: ({ value = 1, signal }) =>
            playPattern(horn, repeated(value, beep, pause), { sleep, signal }),
        }),
        pattern: verb({
          about: 'Sounds dots and dashes',
          value: {
            name: 'dots',
            expected: 'up to 20 dots and dashes such as ..-',
            example: '..-',
            required: true,
            parse: (text) => parseMorse(text, beep),
          },
          reply: '{gadget} sounds {value}',
          lasts: longestMorse(beep),
          run: ({ value = [], signal }) => playPattern(horn, value, { sleep, signal }),
        }),
        on,
        off,
      },
    };
  },
});
