import type { InjectionToken, Undo } from '@pertybot/core';
import type { EstopRecord } from './estop-latch.js';

/** Everything off, and kept off across restarts, until the owner says otherwise. */
export interface EmergencyStop {
  /** Who stopped everything; undefined while nothing is stopped. */
  readonly engaged: EstopRecord | undefined;
  /** Stops everything, synchronously: when it returns, every output is off. Never throws. */
  engage(by: string): void;
  /** Lets outputs be switched on again; none goes on by itself. For the owner alone. */
  release(): void;
  /** Calls `listener` with each change. */
  onChange(listener: (record: EstopRecord | undefined) => void): Undo;
}

/** Injection token of the {@link EmergencyStop}. */
export const EmergencyStop: InjectionToken<EmergencyStop> = Symbol.for('pertybot.EmergencyStop');

/** Somebody stopped everything, or the owner released it. */
export interface EstopEvent {
  readonly engaged: boolean;
  /** Who stopped everything; absent when it was released. */
  readonly by?: string;
}

declare module '@pertybot/core' {
  interface BotEvents {
    estop: EstopEvent;
  }
}
