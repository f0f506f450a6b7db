import { duration, v } from '@pertybot/core';
import { described } from '../../described.js';
import type { Output } from '../../gpio.js';
import type { LimitOptions } from '../../guard/limits/limits.js';
import { pinName } from '../../pin-name.js';
import { limitsOf, outputEntries } from '../config/limit-entries.js';
import { GadgetError } from '../gadget-error.js';
import { defineGadget, type GadgetContext } from '../gadget-kind.js';
import { playPattern, repeated } from '../verbs/play-pattern.js';
import { type Verb, type VerbCall, verb } from '../verbs/verb.js';
import { count, expecting } from '../verbs/verb-value.js';
import { longestMorse, parseMorse } from './morse.js';
import { highestTone, longestMelody, lowestTone, parseNotes, playNotes } from './notes.js';
import { pwmEntries, pwmOptions } from './pin-entries.js';
import { switchVerbs } from './switch-verbs.js';

/** Most beeps of one `beep`. */
const mostBeeps = 10;

/** Turns a second of a beep: where small buzzers are loud. */
const usualPitch = 2_000;

/** A buzzer or horn that sounds while it has power, or a passive one that sounds tones. */
export const buzzer = defineGadget({
  type: 'buzzer',
  about: 'A buzzer or horn: beep, pattern, on, off; tones on a pin with hardware PWM',
  busy: 'queue(5)',
  entries: {
    pin: pinName(),
    ...outputEntries,
    beep: described(v.optional(duration(), '150ms'), 'Length of a beep.'),
    pause: described(v.optional(duration(), '150ms'), 'Length of the pause between two beeps.'),
    tones: described(
      v.optional(v.boolean(), false),
      'Adds play: for a passive buzzer on a pin with hardware PWM.',
    ),
    pitch: described(
      v.optional(v.pipe(v.number(), v.minValue(lowestTone), v.maxValue(highestTone)), usualPitch),
      'Pitch of its beeps with tones: true, in hertz.',
    ),
    ...pwmEntries,
  },
  switches: ({ pin }) => [pin],
  async create(context, config) {
    const { sleep } = context;
    const { beep, pause, tones, pitch } = config;
    const horn = tones ? await claimTonal(context, config) : await claimActive(context, config);
    /** A melody before may have left another pitch. */
    const usual = (each: Verb): Verb => {
      if (!tones) return each;
      const run = async (call: VerbCall) => {
        await horn.tune(pitch);
        return each.run(call);
      };
      return { ...each, run };
    };
    const { on, off } = switchVerbs(horn);
    return {
      get state() {
        return horn.state;
      },
      direct: 'beep',
      verbs: {
        beep: usual(
          verb({
            about: 'Beeps, once unless told otherwise',
            value: count(1, mostBeeps),
            reply: 'gadget.beeps',
            lasts: mostBeeps * (beep + pause),
            run: ({ value = 1, signal }) =>
              playPattern(horn, repeated(value, beep, pause), { sleep, signal }),
          }),
        ),
        pattern: usual(
          verb({
            about: 'Sounds dots and dashes',
            value: {
              name: 'dots',
              ...expecting('expected.dots'),
              example: '..-',
              required: true,
              parse: (text) => parseMorse(text, beep),
            },
            reply: 'gadget.sounds',
            lasts: longestMorse(beep),
            run: ({ value = [], signal }) => playPattern(horn, value, { sleep, signal }),
          }),
        ),
        ...(tones ? { play: playVerb(horn, { beep, sleep }) } : {}),
        on: usual(on),
        off,
      },
    };
  },
});

interface BuzzerConfig extends LimitOptions {
  readonly pin: string;
  readonly activeLow: boolean;
  readonly pitch: number;
  readonly chip?: string | undefined;
  readonly channel?: number | undefined;
}

function claimActive({ output }: GadgetContext, config: BuzzerConfig): Promise<Output> {
  const { pin, activeLow } = config;
  return output(pin, { kind: 'buzzer', activeLow, ...limitsOf(config) });
}

async function claimTonal({ name, pwm }: GadgetContext, config: BuzzerConfig): Promise<Output> {
  const { pin, activeLow, pitch: frequency } = config;
  if (activeLow) {
    const message = `The buzzer "${name}" cannot be active-low and sound tones.`;
    throw new GadgetError('GADGET_CONFIG_INVALID', message, {
      hint: 'Remove "activeLow", and wire the buzzer between the pin and ground.',
    });
  }
  const limits = limitsOf(config);
  const horn = await pwm(pin, { kind: 'buzzer', frequency, ...limits, ...pwmOptions(config) });
  // As loud as it gets: half of each turn.
  await horn.dim(0.5);
  return horn;
}

interface Playing {
  /** Milliseconds of a beat. */
  readonly beep: number;
  readonly sleep: GadgetContext['sleep'];
}

function playVerb(horn: Output, { beep, sleep }: Playing): Verb {
  return verb({
    about: 'Plays notes',
    value: {
      name: 'notes',
      ...expecting('expected.notes'),
      example: 'c4,e4,g4:2',
      required: true,
      parse: (text) => parseNotes(text, beep),
    },
    reply: 'gadget.plays',
    lasts: longestMelody(beep),
    run: ({ value = [], signal }) => playNotes(horn, value, { sleep, signal }),
  });
}
