import type { Limits } from './limits.js';

/** What hangs at an output, as far as the guard's defaults differ. */
export type OutputKind = 'output' | 'light' | 'buzzer' | 'relay' | 'motor';

const seconds = 1_000;

/**
 * Flashes of a light in a second.
 * Source: WCAG 2.2, success criterion 2.3.1 "Three Flashes or Below Threshold".
 */
const mostFlashes = 3;

/** How long a switch may take to let go, in milliseconds. */
const deadTime = 50;

/** Contacts of a relay let go within 5 to 10 ms, those of a large one or with a spark later. */
const relayDeadTime = 100;

/** What the guard allows to each kind unless the owner says otherwise. */
export const defaultLimits: Readonly<Record<OutputKind, Limits>> = {
  output: { maxOn: 30 * seconds, maxTogglesPerSecond: 2, deadTime },
  light: { maxOn: 600 * seconds, maxTogglesPerSecond: mostFlashes, deadTime },
  buzzer: { maxOn: 5 * seconds, maxTogglesPerSecond: 10, deadTime },
  relay: { maxOn: 30 * seconds, maxTogglesPerSecond: 2, deadTime: relayDeadTime },
  motor: { maxOn: 30 * seconds, maxTogglesPerSecond: 2, deadTime },
};
