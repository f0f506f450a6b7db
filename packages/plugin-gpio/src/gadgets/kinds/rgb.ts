import { duration, v } from '@pertybot/core';
import { described } from '../../described.js';
import { pinName } from '../../pin-name.js';
import { limitsOf, outputEntries } from '../config/limit-entries.js';
import { defineGadget } from '../gadget-kind.js';
import { verb } from '../verbs/verb.js';
import { expecting, time, type VerbValue } from '../verbs/verb-value.js';
import { fromHue, mix } from './color.js';
import { paced } from './flash-pace.js';
import { colorStep, dark, parseShade, RgbLed, type Shade } from './rgb-led.js';

/** Milliseconds of a rainbow without a time. */
const usualRainbow = 10_000;

/** Longest rainbow in milliseconds. */
const longestRainbow = 600_000;

/** Milliseconds in which a rainbow goes round once. */
const rainbowRound = 4_000;

const color: VerbValue<Shade> = {
  name: 'color',
  ...expecting('expected.color'),
  example: 'purple',
  required: true,
  parse: parseShade,
};

/** An RGB LED: three pins, mixed to any colour. */
export const rgb = defineGadget({
  type: 'rgb',
  about: 'An RGB LED: colours by name or hex, fade, rainbow',
  entries: {
    red: pinName('The pin of red, such as GPIO17.'),
    green: pinName('The pin of green, such as GPIO27.'),
    blue: pinName('The pin of blue, such as GPIO22.'),
    ...outputEntries,
    fade: described(v.optional(duration(), '1s'), 'How long fade takes.'),
  },
  switches: ({ red, green, blue }) => [red, green, blue],
  async create({ name, clock, gpio, output, sleep }, config) {
    const { activeLow, fade } = config;
    const options = { kind: 'light' as const, dimmable: true, activeLow, ...limitsOf(config) };
    const red = await output(config.red, options);
    const led = new RgbLed({
      red,
      green: await output(config.green, options),
      blue: await output(config.blue, options),
    });
    return {
      get state() {
        return led.state;
      },
      direct: 'color',
      verbs: paced(
        {
          color: verb({
            about: 'Shows a colour',
            value: color,
            run: ({ value = dark }) => led.show(value),
          }),
          fade: verb({
            about: 'Goes over to a colour slowly',
            value: color,
            reply: 'gadget.fades',
            run: ({ value = dark, signal }) => {
              const from = led.color;
              const way = turns(fade, (part) => mix(from, value.color, part));
              return led.play(way, value, (wait) => sleep(wait, signal));
            },
          }),
          rainbow: verb({
            about: 'Goes through all colours, for ten seconds unless told otherwise',
            value: time(longestRainbow),
            reply: 'gadget.rainbow',
            lasts: longestRainbow,
            run: ({ value = usualRainbow, signal }) => {
              const hues = turns(value, (part) => fromHue((part * value) / rainbowRound));
              return led.play(hues, dark, (wait) => sleep(wait, signal));
            },
          }),
          on: verb({ about: 'Shows the last colour again', run: () => led.show(led.last) }),
          off: verb({
            about: 'Switches it off',
            urgent: true,
            lasts: 0,
            run: () => led.show(dark),
          }),
        },
        { name, clock, gpio, lamp: red },
      ),
    };
  },
});

/** What `make` gives for each step of `length` milliseconds, told how much of it is over. */
function turns<Item>(length: number, make: (part: number) => Item): readonly Item[] {
  const steps = Math.max(1, Math.round(length / colorStep));
  return Array.from({ length: steps }, (_, index) => make(index / steps));
}
