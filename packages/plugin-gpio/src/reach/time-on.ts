import type { Limits } from '../guard/limits/limits.js';

/** How a command is called in the worst case. */
export interface Calls {
  /** Least time between two calls, in milliseconds. */
  readonly every: number;
  /** Longest time for which one call may keep the output on, or switch it on again, in milliseconds. */
  readonly lasts: number;
}

/** The span that the owner is told of, in milliseconds: an hour. */
export const hour = 3_600_000;

/**
 * The longest time for which an output can be on within `span`, whatever chat does.
 * @param span milliseconds
 */
export function mostTimeOn(limits: Limits, calls: Calls, span: number = hour): number {
  const { minOff = 0 } = limits;
  const caps = capsOf(limits, span);
  if (calls.every <= calls.lasts) return Math.min(freeTimeOn(limits, span), ...caps);
  const cycle = Math.max(calls.every, calls.lasts + minOff);
  return Math.min(inCycles(freeTimeOn(limits, calls.lasts), cycle, span), ...caps);
}

/** Time on within `span` when it is switched on again as soon as the guard allows it. */
function freeTimeOn(limits: Limits, span: number): number {
  const { maxOn = Infinity, minOff = 0, maxTogglesPerSecond = Infinity } = limits;
  const cycle = Math.max(maxOn + minOff, 1_000 / maxTogglesPerSecond);
  return inCycles(Math.min(maxOn, span), cycle, span);
}

/** Sums `on` at the beginning of each `cycle`. */
function inCycles(on: number, cycle: number, span: number): number {
  if (cycle === Infinity || cycle === 0) return Math.min(on, span);
  const whole = Math.floor(span / cycle);
  return whole * Math.min(on, cycle) + Math.min(on, span - whole * cycle);
}

/** Limits that hold however it is switched. */
function capsOf({ maxOn = Infinity, dutyCycles = [], perRun = Infinity }: Limits, span: number) {
  const duty = dutyCycles.map((cycle) => {
    const whole = Math.floor(span / cycle.in);
    return whole * cycle.on + Math.min(cycle.on, span - whole * cycle.in);
  });
  return [...duty, perRun === Infinity ? span : perRun * maxOn];
}
