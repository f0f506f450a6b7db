import { duration, v } from '@pertybot/core';
import { onboardLedName } from '../../guard/pins/output-place.js';
import { limitEntries, limitsOf } from '../config/limit-entries.js';
import { defineGadget } from '../gadget-kind.js';
import { blinkEntries, lightDevice } from './light.js';

/** The Raspberry Pi's own LED: a first lamp without any wiring. */
export const onboardLed = defineGadget({
  type: 'onboard-led',
  about: "The Raspberry Pi's own LED, without any wiring: on, off, toggle, blink",
  entries: {
    maxOn: v.optional(duration()),
    ...limitEntries,
    ...blinkEntries,
  },
  switches: () => [onboardLedName],
  async create({ output, sleep }, config) {
    const led = await output(onboardLedName, { kind: 'light', ...limitsOf(config) });
    return lightDevice(led, { ...config, sleep });
  },
});
