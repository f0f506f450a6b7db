import { duration, v } from '@pertybot/core';
import type { LimitOptions } from '../../guard/limits/limits.js';
import { parseQuietHours } from '../../guard/limits/quiet-hours.js';
import { longestOn, meantTime } from './meant-time.js';

const quietHours = v.pipe(
  v.string(),
  v.check((text) => parseQuietHours(text) !== undefined, 'expected hours such as 23:00-07:00'),
);

const dutyCycle = v.pipe(
  v.strictObject({ on: meantTime(), in: meantTime() }),
  v.check((cycle) => cycle.on < cycle.in, 'expected "on" to be shorter than "in"'),
);

const whole = (least: number) => v.pipe(v.number(), v.integer(), v.minValue(least));

/** Keys in plugins.yaml by which the owner limits an output, but for `maxOn`. */
export const limitEntries = {
  minOff: v.optional(meantTime()),
  maxTogglesPerSecond: v.optional(v.pipe(v.number(), v.gtValue(0))),
  dutyCycle: v.optional(dutyCycle),
  perRun: v.optional(whole(1)),
  deadTime: v.optional(duration()),
  quietHours: v.optional(quietHours),
};

/** Keys that every gadget with outputs has. */
export const outputEntries = {
  activeLow: v.optional(v.boolean(), false),
  maxOn: v.optional(longestOn()),
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
