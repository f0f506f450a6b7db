import * as v from 'valibot';

type Unit = 'ms' | 's' | 'm' | 'h' | 'd';

/** A length of time: milliseconds as a number, or text such as `500ms`, `2s`, `10m`, `1h`, `1d`. */
export type Duration = number | `${number}${Unit}` | `${number} ${Unit}`;

const millisecondsIn: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

const part = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)\s*/i;

/**
 * Reads a duration such as `90s`, `1m30s`, `1.5h` or a number of milliseconds.
 * @returns milliseconds, or undefined when `input` is no duration
 */
export function parseDuration(input: string | number): number | undefined {
  if (typeof input === 'number') return Number.isFinite(input) && input >= 0 ? input : undefined;
  let rest = input.trim();
  if (rest === '') return undefined;
  let total = 0;
  while (rest !== '') {
    const match = part.exec(rest);
    if (match?.[1] === undefined || match[2] === undefined) return undefined;
    total += Number(match[1]) * (millisecondsIn[match[2].toLowerCase()] ?? 0);
    rest = rest.slice(match[0].length);
  }
  return Number.isFinite(total) ? total : undefined;
}

/**
 * Like {@link parseDuration}, for durations that a program wrote.
 * @throws TypeError when `input` is no duration
 */
export function toMilliseconds(input: Duration): number {
  const milliseconds = parseDuration(input);
  if (milliseconds === undefined) throw new TypeError(`"${input}" is no duration such as 30s.`);
  return milliseconds;
}

/** Writes milliseconds as people read them: `500 ms`, `7 s`, `1 min 30 s`, `2 h`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1_000) return `${Math.ceil(milliseconds)} ms`;
  const seconds = Math.ceil(milliseconds / 1_000);
  const parts: readonly [number, string][] = [
    [Math.floor(seconds / 3_600), 'h'],
    [Math.floor((seconds % 3_600) / 60), 'min'],
    [seconds % 60, 's'],
  ];
  return parts
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(' ');
}

const expected = 'expected a duration such as 500ms, 10s, 5m or 1h';

/** What {@link parseDuration} reads of texts, for editors too: nothing but its form is left in their schema. */
export const durationForm = /^\s*(?:\d+(?:\.\d+)?\s*(?:[Mm]?[Ss]|[Mm]|[Hh]|[Dd])\s*)+$/;

/** Valibot schema of a duration in plugins.yaml; its output is milliseconds. */
export function duration() {
  return v.pipe(
    v.union(
      [
        v.pipe(v.string(), v.regex(durationForm, expected)),
        v.pipe(v.number(), v.minValue(0, expected)),
      ],
      expected,
    ),
    v.check((input) => parseDuration(input) !== undefined, expected),
    v.transform((input) => parseDuration(input) ?? 0),
    v.number(),
  );
}
