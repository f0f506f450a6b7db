/** Longest pause, milliseconds. */
const longest = 60_000;
/** First pause, milliseconds. */
const first = 1_000;

/** Pauses that double from 1 s to 60 s, spread so that many bots do not come back at once. */
export class Backoff {
  private attempt = 0;

  /** @param random gives a number from 0 to below 1 */
  constructor(private readonly random: () => number) {}

  /** The next pause, milliseconds. */
  next(): number {
    const high = Math.min(longest, first * 2 ** (this.attempt + 1));
    this.attempt = Math.min(this.attempt + 1, 10);
    return Math.max(first, (high / 2) * (1 + this.random()));
  }

  /** Begins again with the shortest pause. */
  reset(): void {
    this.attempt = 0;
  }
}
