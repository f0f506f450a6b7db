import { type Refusal, refuse } from '@pertybot/core';
import type { LineWatch } from '../drivers/gpio-driver.js';

/** What {@link refuseUnsafe} looks at. */
export interface UnsafeOutput {
  readonly name: string;
  /** Why it could not be switched off. */
  readonly fault: string | undefined;
  readonly watch: LineWatch | undefined;
}

/** What cannot be switched off for sure is not switched on: because it failed, or for want of a guardian. */
export function refuseUnsafe({ name, fault, watch }: UnsafeOutput): Refusal | undefined {
  if (fault !== undefined) {
    return refuse('pin.fault', { text: `${name} has a fault: it could not be switched off.` });
  }
  if (watch === undefined || watch.isWatched) return undefined;
  return refuse('pin.unguarded', { text: `${name} stays off: its guardian is missing just now.` });
}
