import type { InjectionToken } from '../src/index.js';

/** A service as a plugin declares one: an interface and its token under one name. */
export interface Horn {
  blow(milliseconds: number): void;
}

export const Horn: InjectionToken<Horn> = Symbol.for('pertybot.test.Horn');
