import { type Clock, formatDuration, type Logger, messageOf, type Refusal } from '@pertybot/core';
import { refuseWith } from '../../refuse-with.js';

/** Failures in a row after which a gadget rests. */
const failureLimit = 3;

/** First rest of a gadget that fails, milliseconds; doubled each time. */
export const firstRest = 10_000;

/** Longest rest, milliseconds. */
export const longestRest = 300_000;

/**
 * Counts what one gadget fails at, so that a dead chip costs that gadget alone: it rests, longer each time, until
 * something works again. What switches it off is never held back.
 */
export class GadgetHealth {
  private failures = 0;
  private rest = firstRest;
  private until = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly gadget: string,
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {}

  /** Why the gadget does nothing now; undefined when it may try. */
  get resting(): Refusal | undefined {
    // The clock is not asked of a gadget that has always worked.
    if (this.until === Number.NEGATIVE_INFINITY) return undefined;
    const retryAfter = this.until - this.clock.now();
    if (retryAfter <= 0) return undefined;
    return refuseWith('gadget.rests', { gadget: this.gadget }, retryAfter);
  }

  worked(): void {
    if (this.rest > firstRest) this.log.info(`"${this.gadget}" works again.`);
    this.failures = 0;
    this.rest = firstRest;
  }

  /** @returns what chat is told */
  failed(error: unknown): Refusal {
    this.log.error(`"${this.gadget}" failed: ${messageOf(error)}`, { error });
    this.failures += 1;
    // After a rest, one failure more is enough.
    if (this.failures >= failureLimit) this.goToRest();
    return refuseWith('gadget.failed', { gadget: this.gadget });
  }

  private goToRest(): void {
    const rest = this.rest;
    this.until = this.clock.now() + rest;
    this.rest = Math.min(rest * 2, longestRest);
    this.log.error(
      `"${this.gadget}" fails, and rests for ${formatDuration(rest)}; all else goes on.`,
    );
  }
}
