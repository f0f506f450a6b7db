import { duration, v } from '@pertybot/core';
import { described } from '../../described.js';
import type { LimitOptions } from '../../guard/limits/limits.js';
import { parseQuietHours } from '../../guard/limits/quiet-hours.js';
import { longestOn, meantTime } from './meant-time.js';

const quietHours = v.pipe(
  v.string(),
  v.check((text) => parseQuietHours(text) !== undefined, 'expected hours such as 23:00-07:00'),
);

const dutyCycle = v.pipe(
  v.strictObject({
    on: meantTime({ about: 'Time on within the window.' }),
    in: meantTime({ about: 'Length of the window.' }),
  }),
  v.check((cycle) => cycle.on < cycle.in, 'expected "on" to be shorter than "in"'),
);

const whole = (least: number) => v.pipe(v.number(), v.integer(), v.minValue(least));

/** Keys in plugins.yaml by which the owner limits an output, but for `maxOn`. */
export const limitEntries = {
  minOff: described(v.optional(meantTime()), 'Shortest time off before it may be on again.'),
  maxTogglesPerSecond: described(
    v.optional(v.pipe(v.number(), v.gtValue(0))),
    'How often it may be switched on in a second.',
  ),
  dutyCycle: described(v.optional(dutyCycle), 'Longest time on within a sliding window.'),
  perRun: described(v.optional(whole(1)), 'How often it may be switched on in one run of the bot.'),
  deadTime: described(
    v.optional(duration()),
    'How long whatever it excludes stays off after it went off.',
  ),
  quietHours: described(
    v.optional(quietHours),
    'Time of day at which it stays off, such as 23:00-07:00.',
  ),
};

/** Keys that every gadget with outputs has. */
export const outputEntries = {
  activeLow: described(
    v.optional(v.boolean(), false),
    'Whether it is on while its pin is at 0 V, as most relay boards are.',
  ),
  maxOn: longestOn(),
  ...limitEntries,
};

/** The limits of {@link outputEntries} alone, for {@link GadgetContext.output}. */
export function limitsOf(config: LimitOptions): LimitOptions {
  const {
    maxOn,
    minOff,
    maxTogglesPerSecond,
    dutyCycle: cycle,
    perRun,
    deadTime,
    quietHours: hours,
  } = config;
  return {
    ...(maxOn === undefined ? {} : { maxOn }),
    ...(minOff === undefined ? {} : { minOff }),
    ...(maxTogglesPerSecond === undefined ? {} : { maxTogglesPerSecond }),
    ...(cycle === undefined ? {} : { dutyCycle: cycle }),
    ...(perRun === undefined ? {} : { perRun }),
    ...(deadTime === undefined ? {} : { deadTime }),
    ...(hours === undefined ? {} : { quietHours: hours }),
  };
}
