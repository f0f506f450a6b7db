import { duration, v } from '@pertybot/core';
import { described } from '../../described.js';
import type { Output } from '../../gpio.js';
import { onboardLedName } from '../../guard/pins/output-place.js';
import { pinName } from '../../pin-name.js';
import { limitEntries, limitsOf, outputEntries } from '../config/limit-entries.js';
import { longestOn } from '../config/meant-time.js';
import { type Device, defineGadget, type GadgetContext } from '../gadget-kind.js';
import { playPattern, repeated } from '../verbs/play-pattern.js';
import { verb } from '../verbs/verb.js';
import { count } from '../verbs/verb-value.js';
import { claimDimmable, dimmableDevice } from './dimmable-device.js';
import { paced } from './flash-pace.js';
import { pwmEntries } from './pin-entries.js';
import { switchVerbs } from './switch-verbs.js';

/** Flashes of `blink` without a number. */
const usualFlashes = 3;

/** Most flashes of one `blink`. */
const mostFlashes = 20;

/** Times of `blink` in plugins.yaml. */
const blinkEntries = {
  blinkOn: described(v.optional(duration(), '250ms'), 'Time on of each flash of blink.'),
  blinkOff: described(v.optional(duration(), '250ms'), 'Time off between two flashes of blink.'),
};

/** An LED or a lamp. */
export const light = defineGadget({
  type: 'light',
  about: 'An LED or a lamp: on, off, toggle, blink',
  entries: {
    pin: pinName(),
    ...outputEntries,
    ...blinkEntries,
    dimmable: described(
      v.optional(v.boolean(), false),
      'Adds dim and pulse: for LEDs alone, never for a lamp behind a relay.',
    ),
    ...pwmEntries,
  },
  switches: ({ pin }) => [pin],
  async create(context, config) {
    const { name, clock, gpio, sleep } = context;
    const { pin, activeLow, dimmable } = config;
    const limits = limitsOf(config);
    const lamp = dimmable
      ? await claimDimmable(context, config, limits)
      : await context.output(pin, { kind: 'light', activeLow, ...limits });
    const device = lightDevice(lamp, { ...config, sleep });
    if (!dimmable) return device;
    const dimming = dimmableDevice(device, { lamp, sleep });
    const verbs = paced(dimming.verbs, { name, clock, gpio, lamp });
    return {
      get state() {
        return dimming.state;
      },
      verbs,
    };
  },
});

/** The Raspberry Pi's own LED: a first lamp without any wiring. */
export const onboardLed = defineGadget({
  type: 'onboard-led',
  about: "The Raspberry Pi's own LED, without any wiring: on, off, toggle, blink",
  entries: {
    maxOn: longestOn(),
    ...limitEntries,
    ...blinkEntries,
  },
  switches: () => [onboardLedName],
  async create({ output, sleep }, config) {
    const led = await output(onboardLedName, { kind: 'light', ...limitsOf(config) });
    return lightDevice(led, { ...config, sleep });
  },
});

/** What blinks, and how. */
interface Blinking {
  /** Milliseconds. */
  readonly blinkOn: number;
  /** Milliseconds. */
  readonly blinkOff: number;
  readonly sleep: GadgetContext['sleep'];
}

/** A device that is on or off, and blinks. */
function lightDevice(lamp: Output, { blinkOn, blinkOff, sleep }: Blinking): Device {
  return {
    get state() {
      return lamp.state;
    },
    verbs: {
      ...switchVerbs(lamp),
      blink: verb({
        about: 'Blinks, three times unless told otherwise',
        value: count(1, mostFlashes),
        reply: 'gadget.blinks',
        lasts: mostFlashes * (blinkOn + blinkOff),
        run: ({ value = usualFlashes, signal }) =>
          playPattern(lamp, repeated(value, blinkOn, blinkOff), { sleep, signal }),
      }),
    },
  };
}
