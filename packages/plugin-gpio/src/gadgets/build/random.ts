import type { InjectionToken } from '@pertybot/core';

/** Gives a number from 0 up to but not including 1. */
export type Random = () => number;

/** Injection token of {@link Random}. */
export const Random: InjectionToken<Random> = Symbol.for('pertybot.Random');
