import {
  formatDuration,
  parseDuration,
  type ReplyValues,
  type SaidReply,
  sayPlainly,
} from '@pertybot/core';
import { gpioReplies } from '../../replies.js';

/** What may stand behind a verb: the `3` of `blink 3`. */
export interface VerbValue<Value = unknown> {
  /** Shown in the usage, such as `count`. */
  readonly name: string;
  /** What is expected, for the sentence "blink takes …". */
  readonly expected: string;
  /** The same as a sentence that the plugin declares in `replies`, so that the owner may put it otherwise. */
  readonly expects?: SaidReply;
  /** A value that works, as chat would write it. */
  readonly example: string;
  /** @default false */
  readonly required?: boolean;
  /** @returns undefined when `text` is none */
  parse(text: string): Value | undefined;
}

/** What is expected, by a sentence of the gpio plugin. */
export function expecting(
  reply: string,
  values: ReplyValues = {},
): Pick<VerbValue, 'expected' | 'expects'> {
  return { expected: sayPlainly(gpioReplies, reply, values), expects: { reply, values } };
}

/** A whole number of times. */
export function count(least: number, most: number): VerbValue<number> {
  return {
    name: 'count',
    ...expecting('expected.count', { least: String(least), most: String(most) }),
    example: String(Math.min(3, most)),
    parse: (text) => {
      const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
      return value >= least && value <= most ? value : undefined;
    },
  };
}

/** A number that may have a fraction or a sign, such as an angle. */
export function amount(
  name: string,
  {
    least,
    most,
    unit = '',
  }: { readonly least: number; readonly most: number; readonly unit?: string },
): VerbValue<number> {
  return {
    name,
    ...expecting('expected.count', { least: `${least}${unit}`, most: `${most}${unit}` }),
    example: String(Math.round((least + most) / 2)),
    parse: (text) => {
      const number = unit && text.endsWith(unit) ? text.slice(0, -unit.length) : text;
      const value = /^[+-]?\d{1,9}(\.\d{1,9})?$/.test(number) ? Number(number) : Number.NaN;
      return value >= least && value <= most ? value : undefined;
    },
  };
}

/**
 * A length of time in milliseconds; a number alone is seconds.
 * @param most longest time in milliseconds
 */
export function time(most = Number.POSITIVE_INFINITY): VerbValue<number> {
  return {
    name: 'time',
    ...(most === Number.POSITIVE_INFINITY
      ? expecting('expected.time')
      : expecting('expected.timeUpTo', { most: formatDuration(most) })),
    example: '10s',
    parse: (text) => {
      const value = parseDuration(/^\d+(\.\d+)?$/.test(text) ? `${text}s` : text);
      return value === 0 || (value ?? 0) > most ? undefined : value;
    },
  };
}

/** One of some words. */
export function choice(name: string, words: readonly string[]): VerbValue<string> {
  return {
    name,
    ...expecting('expected.choice', { words: words.join(', ') }),
    example: words[0] ?? '',
    parse: (text) => words.find((word) => word.toLowerCase() === text.toLowerCase()),
  };
}
