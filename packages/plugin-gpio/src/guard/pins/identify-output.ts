import { type Clock, type Logger, messageOf, runFor } from '@pertybot/core';
import { guardBecause } from '../../audit/actor.js';
import type { Level, OutputLine } from '../../drivers/gpio-driver.js';
import type { OutputInfo, OutputOptions } from '../../gpio.js';
import type { GpioConfig } from '../../gpio-config.js';
import { isPwmLine } from '../../pwm/pwm-line.js';
import type { OutputKind } from '../limits/default-limits.js';
import { effectiveLimits } from '../limits/effective-limits.js';
import { type Limits, toLimits } from '../limits/limits.js';
import { DimmableLine } from './dimmable-line.js';
import { DryRunLine } from './dry-run-line.js';
import type { OutputPlace, Reserve } from './output-place.js';
import type { PinOwner } from './pin-owners.js';

/** What an output is; it never changes. */
export interface OutputIdentity {
  readonly name: string;
  readonly plugin: string;
  readonly kind: OutputKind;
  readonly pin: string;
  readonly activeLow: boolean;
  readonly dryRun: boolean;
  readonly limits: Limits;
}

/** What an output is, and what the owner should know about its limits. */
export interface Identified {
  readonly identity: OutputIdentity;
  readonly warnings: readonly string[];
}

/** What an output is to be, by what its plugin asks for and the owner has set. */
export function identifyOutput(
  pin: string,
  { owner, options }: { readonly owner: PinOwner; readonly options: OutputOptions },
  config: Pick<GpioConfig, 'mode' | 'pins'>,
): Identified {
  const { kind = 'output', activeLow = false, dryRun = false } = options;
  const set = config.pins[pin];
  const sources = { kind, asked: toLimits(options), owner: toLimits(set ?? {}) };
  const { limits, warnings } = effectiveLimits(sources);
  const still = dryRun || config.mode === 'dry-run' || set?.mode === 'dry-run';
  return { identity: { ...owner, kind, pin, activeLow, dryRun: still, limits }, warnings };
}

/** How an output stands. */
export interface OutputStanding {
  readonly on: boolean;
  readonly level: Level;
  /** Why it may be on though it should be off. */
  readonly fault: string | undefined;
  /** Milliseconds for which it may stay on. */
  readonly left: number;
}

/** What is told of an output. */
export function describeOutput(
  { name: gadget, plugin, kind, pin, limits, dryRun }: OutputIdentity,
  line: OutputLine,
  { on, level, fault, left }: OutputStanding,
): OutputInfo {
  return {
    gadget,
    plugin,
    kind,
    pin,
    on,
    level,
    limits,
    dryRun,
    ...(left === Infinity ? {} : { onTimeLeft: left }),
    ...(isPwmLine(line) ? { share: line.share } : {}),
    ...(fault === undefined ? {} : { fault }),
    ...((line.watch?.isWatched ?? true) ? {} : { unguarded: true }),
  };
}

/** What a line is claimed with. */
export interface LineParts {
  readonly dimmable?: boolean | undefined;
  readonly reserve: Reserve;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Claims the line of an output: none in a dry run, one that a timer dims where it is to be dimmed. */
export async function claimLine(
  place: OutputPlace,
  { activeLow, dryRun, name }: OutputIdentity,
  { dimmable, reserve, clock, log }: LineParts,
): Promise<OutputLine> {
  const off = activeLow ? 1 : 0;
  if (dryRun) return new DryRunLine(place.name, off, log);
  const line = await place.claim(off, reserve);
  if (!dimmable) return line;
  const onError = (error: unknown) =>
    log.error(`"${name}" cannot be dimmed on: ${messageOf(error)}`);
  return new DimmableLine(line, { off, clock, onError });
}

/** The clock of an output: what it does when its time is up is the guard's doing, whoever had switched it on. */
export function toGuardClock(clock: Clock): Clock {
  const because = guardBecause('its time was up');
  return {
    now: () => clock.now(),
    date: () => clock.date(),
    after: (delay, task) => clock.after(delay, () => runFor(because, task)),
  };
}
