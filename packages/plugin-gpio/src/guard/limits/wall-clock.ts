import type { InjectionToken } from '@pertybot/core';

/** The time of day, where it is known. */
export interface WallClock {
  /** @returns undefined while the machine's clock cannot be trusted */
  date(): Date | undefined;
  /** Resolves when it is known whether the clock can be trusted now; it is looked at again later. */
  look(): Promise<void>;
}

/** Injection token of the {@link WallClock}. */
export const WallClock: InjectionToken<WallClock> = Symbol.for('pertybot.WallClock');
