/** How long to wait before trying again: longer each time, and never in step with other bots. */
export class Backoff {
  private failures = 0;

  /**
   * @param first milliseconds before the first try again
   * @param longest milliseconds that no wait exceeds
   * @param random number from 0 to 1
   */
  constructor(
    private readonly first = 1_000,
    private readonly longest = 300_000,
    private readonly random: () => number = Math.random,
  ) {}

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
