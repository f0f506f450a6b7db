import { formatDuration, type Refusal } from '@pertybot/core';
import type { LineWatch } from '../../drivers/gpio-driver.js';
import { refuseWith } from '../../refuse-with.js';
import type { PinHistory } from '../history/pin-history.js';
import type { Limits } from '../limits/limits.js';
import { quietLeft, untilQuiet } from '../limits/quiet-hours.js';

/** What the guard looks at when an output wants to be on. */
export interface Situation {
  readonly name: string;
  readonly limits: Limits;
  readonly history: PinHistory;
  /** Monotonic milliseconds. */
  readonly now: number;
  /** Local time of day, or undefined while the machine's clock cannot be trusted. */
  readonly date: Date | undefined;
}

/** What {@link refuseUnsafe} looks at. */
interface UnsafeOutput {
  readonly name: string;
  /** Why it could not be switched off. */
  readonly fault: string | undefined;
  readonly watch: LineWatch | undefined;
}

/** Shortest time on that a duty cycle must have left, so that it does not grant a mere flash. */
const shortestOn = 100;

/** How often the wall clock is looked at: it may be set, or go over to summer time. */
const wallClockInterval = 1_000;

/** What cannot be switched off for sure is not switched on: because it failed, or for want of a guardian. */
export function refuseUnsafe({ name, fault, watch }: UnsafeOutput): Refusal | undefined {
  if (fault !== undefined) {
    return refuseWith('pin.fault', { gadget: name });
  }
  if (watch === undefined || watch.isWatched) return undefined;
  return refuseWith('pin.unguarded', { gadget: name });
}

/**
 * Whether an output that is off may be switched on.
 * @returns why not, or undefined
 */
export function refuseOn(situation: Situation): Refusal | undefined {
  return (
    refuseQuiet(situation) ??
    refusePerRun(situation) ??
    refuseMinOff(situation) ??
    refuseToggles(situation) ??
    refuseDutyCycle(situation)
  );
}

/** Whether an output may be asked to stay on for `time` milliseconds. */
export function refuseTime({ name, limits }: Situation, time: number): Refusal | undefined {
  const { maxOn = Infinity } = limits;
  if (time <= maxOn) return undefined;
  return refuseWith('pin.maxOn', { gadget: name, time: formatDuration(maxOn) });
}

/** Milliseconds after which to look again at what {@link timeLeft} says. */
export function untilNextLook({ limits }: Situation, left: number): number {
  return limits.quietHours?.length ? Math.min(left, wallClockInterval) : left;
}

/** Milliseconds for which an output that is on may stay on from now; Infinity without a limit. */
export function timeLeft({ limits, history, now, date }: Situation): number {
  const { maxOn = Infinity, dutyCycles, quietHours } = limits;
  let left = (history.onSince ?? now) + maxOn - now;
  for (const hours of quietHours ?? []) {
    left = Math.min(left, date && quietLeft(hours, date) === 0 ? untilQuiet(hours, date) : 0);
  }
  for (const cycle of dutyCycles ?? []) {
    left = Math.min(left, cycle.on - history.timeOn(cycle.in, now));
  }
  return Math.max(0, left);
}

function refuseQuiet({ name, limits, date }: Situation): Refusal | undefined {
  for (const hours of limits.quietHours ?? []) {
    if (!date) {
      return refuseWith('pin.clock', { gadget: name });
    }
    const retryAfter = quietLeft(hours, date);
    if (retryAfter > 0) {
      return refuseWith('pin.quietHours', { gadget: name, hours: hours.text }, retryAfter);
    }
  }
  return undefined;
}

function refusePerRun({ name, limits, history }: Situation): Refusal | undefined {
  const { perRun = Infinity } = limits;
  if (history.timesOn < perRun) return undefined;
  return refuseWith('pin.perRun', { gadget: name, count: String(perRun) });
}

function refuseMinOff({ name, limits, history, now }: Situation): Refusal | undefined {
  const { minOff = 0 } = limits;
  const retryAfter = (history.offSince ?? -Infinity) + minOff - now;
  if (retryAfter <= 0) return undefined;
  return refuseWith('pin.minOff', { gadget: name }, retryAfter);
}

function refuseToggles({ name, limits, history, now }: Situation): Refusal | undefined {
  const { maxTogglesPerSecond: most = Infinity } = limits;
  if (most === Infinity) return undefined;
  // A rate below one a second is a pause between two.
  const pause = most < 1 ? 1_000 / most : 1_000;
  const first = most < 1 ? history.lastOn : history.lastOnBut(Math.floor(most) - 1);
  const retryAfter = first === undefined ? 0 : first + pause - now;
  if (retryAfter <= 0) return undefined;
  return refuseWith('pin.maxTogglesPerSecond', { gadget: name }, retryAfter);
}

function refuseDutyCycle({ name, limits, history, now }: Situation): Refusal | undefined {
  for (const cycle of limits.dutyCycles ?? []) {
    const wanted = Math.min(shortestOn, cycle.on);
    const retryAfter = history.untilFree(cycle.in, { wanted, allowed: cycle.on }, now);
    if (retryAfter > 0) {
      return refuseWith('pin.dutyCycle', { gadget: name }, retryAfter);
    }
  }
  return undefined;
}
