/** How long the pauses of a {@link Backoff} are. */
export interface BackoffOptions {
  /** Milliseconds before the first try again. @default 1_000 */
  readonly first?: number;
  /** Milliseconds that no pause exceeds. @default 60_000 */
  readonly longest?: number;
  /** Gives a number from 0 to below 1. @default Math.random */
  readonly random?: () => number;
}

/**
 * How long to wait before trying again: twice as long each time, and spread over the upper half, so that many bots do
 * not come back at once.
 */
export class Backoff {
  private readonly first: number;
  private readonly longest: number;
  private readonly random: () => number;
  private failures = 0;

  constructor({ first = 1_000, longest = 60_000, random = Math.random }: BackoffOptions = {}) {
    this.first = first;
    this.longest = longest;
    this.random = random;
  }

  /**
   * Counts a failure.
   * @param atLeast milliseconds that the other side asks to wait
   * @returns milliseconds to wait
   */
  next(atLeast = 0): number {
    const full = Math.min(this.longest, this.first * 2 ** this.failures);
    this.failures += 1;
    return Math.max(atLeast, full * (0.5 + this.random() / 2));
  }

  /** Starts over, after a success. */
  reset(): void {
    this.failures = 0;
  }
}
