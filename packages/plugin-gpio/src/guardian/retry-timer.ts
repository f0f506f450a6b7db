/** Milliseconds before the second try; each further pause is twice as long. */
const shortestPause = 100;

/** Milliseconds between two tries when all have failed. */
const longestPause = 5_000;

/** Tries again, ever more slowly. */
export class RetryTimer {
  private pause = shortestPause;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly retry: () => void) {}

  /** Whether another try is to come. */
  get isWaiting(): boolean {
    return this.timer !== undefined;
  }

  /** Has it tried again after a pause. */
  failed(): void {
    this.stop();
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.retry();
    }, this.pause).unref();
    this.pause = Math.min(longestPause, this.pause * 2);
  }

  /** Ends the wait; the next pause is as long as it would have been. */
  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** Ends the wait; the next pause is the shortest. */
  reset(): void {
    this.stop();
    this.pause = shortestPause;
  }
}
