import type { Stage } from './stages.js';

/** A step on the way of a message, a redemption or an event. */
export interface Step {
  readonly at: number;
  /** Where it happened. */
  readonly stage: Stage | 'event' | 'settled';
  readonly text: string;
  /** Whether the way ended here. */
  readonly isEnd?: boolean;
}

/** What became of it. `told`: it asked for nothing. */
export type Outcome = 'ran' | 'refused' | 'told';

/** The way of one message, redemption or event. */
export interface Trail {
  readonly key: string;
  readonly at: number;
  readonly kind: 'message' | 'redemption' | 'event' | 'gadget';
  readonly who: string;
  /** What was said, redeemed, or happened. */
  readonly what: string;
  readonly command: string;
  readonly outcome: Outcome;
  readonly steps: readonly Step[];
  /** Stations that it did not get to. */
  readonly unreached: readonly Stage[];
}
