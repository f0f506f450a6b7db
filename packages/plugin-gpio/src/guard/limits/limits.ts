import { type Duration, toMilliseconds } from '@pertybot/core';
import { GpioError } from '../../gpio-error.js';
import { parseQuietHours, type QuietHours } from './quiet-hours.js';

/** How long an output may be on within a sliding window. */
export interface DutyCycleOption {
  /** Time on, within the window. */
  readonly on: Duration;
  /** Length of the window. */
  readonly in: Duration;
}

/** Limits that a plugin asks for; the strictest of these, the guard's and the owner's wins. */
export interface LimitOptions {
  /** Longest time on, after which the guard switches it off. @default 30s */
  readonly maxOn?: Duration;
  /** Shortest time off before it may be on again. @default none */
  readonly minOff?: Duration;
  /** How often it may be switched on in a second. @default 2 */
  readonly maxTogglesPerSecond?: number;
  /** Longest time on within a sliding window. @default none */
  readonly dutyCycle?: DutyCycleOption;
  /** How often it may be switched on in one run of the bot, which its owner's stop ends. @default no limit */
  readonly perRun?: number;
  /**
   * How long whatever it excludes by an interlock stays off after it went off.
   * @default 50ms, 100ms for a relay
   */
  readonly deadTime?: Duration;
  /** Time of day at which it stays off, such as `23:00-07:00`. @default none */
  readonly quietHours?: string;
}

/** How long an output may be on within a sliding window, in milliseconds. */
export interface DutyCycle {
  readonly on: number;
  readonly in: number;
}

/** What an output may do, times in milliseconds. What is absent is not limited. */
export interface Limits {
  readonly maxOn?: number;
  readonly minOff?: number;
  readonly maxTogglesPerSecond?: number;
  /** All of them hold. */
  readonly dutyCycles?: readonly DutyCycle[];
  readonly perRun?: number;
  /** How long what it excludes stays off after it went off. */
  readonly deadTime?: number;
  /** All of them hold. */
  readonly quietHours?: readonly QuietHours[];
}

/** What the owner sets for a pin; `never` lifts the longest time on. */
export type OwnerLimits = Omit<LimitOptions, 'maxOn'> & {
  readonly maxOn?: LimitOptions['maxOn'] | 'never';
};

/** Reads limits as plugins and plugins.yaml write them. @throws GpioError GPIO_LIMIT_INVALID */
export function toLimits(options: OwnerLimits): Limits {
  const time = (duration: LimitOptions['maxOn']) =>
    duration === undefined ? undefined : toMilliseconds(duration);
  const { dutyCycle } = options;
  return withoutAbsent({
    maxOn: options.maxOn === 'never' ? Number.POSITIVE_INFINITY : time(options.maxOn),
    minOff: time(options.minOff),
    maxTogglesPerSecond: options.maxTogglesPerSecond,
    dutyCycles: dutyCycle && [
      { on: toMilliseconds(dutyCycle.on), in: toMilliseconds(dutyCycle.in) },
    ],
    perRun: options.perRun,
    deadTime: time(options.deadTime),
    quietHours: options.quietHours === undefined ? undefined : [readHours(options.quietHours)],
  });
}

/** The limits under which both `a` and `b` hold. */
export function strictest(a: Limits, b: Limits): Limits {
  return withoutAbsent({
    maxOn: least(a.maxOn, b.maxOn),
    minOff: most(a.minOff, b.minOff),
    maxTogglesPerSecond: least(a.maxTogglesPerSecond, b.maxTogglesPerSecond),
    dutyCycles: both(a.dutyCycles, b.dutyCycles),
    perRun: least(a.perRun, b.perRun),
    deadTime: most(a.deadTime, b.deadTime),
    quietHours: both(a.quietHours, b.quietHours),
  });
}

function readHours(text: string): QuietHours {
  const hours = parseQuietHours(text);
  if (hours) return hours;
  throw new GpioError('GPIO_LIMIT_INVALID', `The quiet hours "${text}" cannot be read.`, {
    hint: 'Write them like 23:00-07:00.',
  });
}

function least(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}

function most(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}

function both<Item>(a?: readonly Item[], b?: readonly Item[]): readonly Item[] | undefined {
  return a && b ? [...a, ...b] : (a ?? b);
}

type Absent<Type> = { readonly [key in keyof Type]: Type[key] | undefined };

function withoutAbsent(limits: Absent<Limits>): Limits {
  const present = Object.entries(limits).filter(([, value]) => value !== undefined);
  // Object.fromEntries forgets the types of the values.
  return Object.fromEntries(present) as Limits;
}
