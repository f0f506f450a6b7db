import { formatDuration, parseDuration, v } from '@pertybot/core';
import { durationForm } from '@pertybot/core/host';
import { described } from '../../described.js';

const expected = 'expected a duration such as 500ms, 10s, 5m or 1h';

/** A number alone is milliseconds: below this one, seconds were meant. */
const leastAlone = 1_000;

/** Shortest time on, in milliseconds: what is shorter nobody sees or hears. */
const leastOn = 20;

/** Longest time on, in milliseconds: whoever wants more wants no limit. */
const mostOn = 86_400_000;

/** What is expected of a time, so that it is not surely another one that was meant. */
interface TimeRange {
  /** Milliseconds. @default 0 */
  readonly least?: number;
  /** Milliseconds. @default no end */
  readonly most?: number;
  /** What an editor says of it. @default how times are written */
  readonly about?: string;
}

/**
 * Valibot schema of a time in plugins.yaml that takes seconds to hours; its output is milliseconds. `2` would be
 * two milliseconds, and is refused.
 */
export function meantTime({ least = 0, most = Infinity, about }: TimeRange = {}) {
  const number = v.pipe(
    v.number(),
    v.minValue(
      leastAlone,
      ({ input }) =>
        `expected a time with its unit: ${input} alone is milliseconds; did you mean "${input}s"?`,
    ),
  );
  return v.pipe(
    v.union([v.pipe(v.string(), v.regex(durationForm, expected)), v.literal(0), number], expected),
    v.description(about ?? 'A time such as 10s, 5m or 1h.'),
    v.transform((input) => parseDuration(input) ?? 0),
    v.number(),
    v.minValue(least, `expected ${formatDuration(least)} or more`),
    v.maxValue(most, () => `expected ${formatDuration(most)} or less, or "never" below "pins:"`),
  );
}

/** {@link meantTime} of the longest time on. */
export function timeOn() {
  return meantTime({ least: leastOn, most: mostOn });
}

/** The key `maxOn` of a gadget. */
export function longestOn() {
  return described(v.optional(timeOn()), 'Longest time on, such as 10m; the guard ends it then.');
}

const never = v.literal('never');

/** Valibot schema of a time such as {@link meantTime}, or `never`. @param expected what the fault of another value says */
export function timeOrNever(time: ReturnType<typeof meantTime>, expected: string) {
  const either = v.union([never, time], expected);
  // Chosen by what is written, so that the fault of a time is told as such.
  return v.lazy((input): typeof never | typeof time | typeof either => {
    if (input === 'never') return never;
    return parseDuration(isTime(input) ? input : '') === undefined ? either : time;
  });
}

function isTime(input: unknown): input is string | number {
  return typeof input === 'string' || typeof input === 'number';
}
