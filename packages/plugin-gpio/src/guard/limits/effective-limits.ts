import { formatDuration } from '@pertybot/core';
import { defaultLimits, type OutputKind } from './default-limits.js';
import { type Limits, strictest } from './limits.js';

/** Who says what about an output. */
export interface LimitSources {
  readonly kind: OutputKind;
  /** What the plugin or gadget asks. */
  readonly asked: Limits;
  /** What the owner set for the pin. */
  readonly owner: Limits;
}

/** The limits that hold, and what the owner should know about them. */
export interface EffectiveLimits {
  readonly limits: Limits;
  /** Sentences about defaults that the owner has lifted, or that cut what was asked. */
  readonly warnings: readonly string[];
}

/**
 * The strictest of the guard's default, what is asked, and the owner's word. Only the owner's word
 * may be weaker than a default.
 */
export function effectiveLimits({ kind, asked, owner }: LimitSources): EffectiveLimits {
  const defaults = defaultLimits[kind];
  const limits = strictest(asked, { ...defaults, ...owner });
  const show = (time: number) => (time === Infinity ? 'no end' : formatDuration(time));
  const warnings: string[] = [];
  const { maxOn = Infinity, maxTogglesPerSecond = Infinity } = defaults;
  if (owner.maxOn !== undefined && owner.maxOn > maxOn) {
    warnings.push(
      `may be on for ${show(limits.maxOn ?? Infinity)} by "pins:", past the default of ${show(maxOn)}`,
    );
  } else if (asked.maxOn !== undefined && asked.maxOn > (limits.maxOn ?? Infinity)) {
    warnings.push(
      `asks to be on for ${show(asked.maxOn)} and gets ${show(limits.maxOn ?? Infinity)}; only "pins:" in plugins.yaml lifts the limit`,
    );
  }
  if (owner.maxTogglesPerSecond !== undefined && owner.maxTogglesPerSecond > maxTogglesPerSecond) {
    warnings.push(
      `may toggle ${limits.maxTogglesPerSecond} times a second by "pins:", past the default of ${maxTogglesPerSecond}`,
    );
  }
  const { deadTime = 0 } = defaults;
  if (owner.deadTime !== undefined && owner.deadTime < deadTime) {
    warnings.push(
      `goes on ${show(limits.deadTime ?? 0)} after what it excludes by "pins:", before the default of ${show(deadTime)}`,
    );
  }
  return { limits, warnings };
}
