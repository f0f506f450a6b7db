/** Counts what the bot has written to chat and Twitch has not received yet. */
export class RepliesUnderway {
  private count = 0;
  private waiting: (() => void)[] = [];

  /** The bot wrote something. */
  written(): void {
    this.count += 1;
  }

  /** Twitch received something, which may be a part of what was written. */
  received(): void {
    this.count -= 1;
    if (this.count > 0) return;
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  /**
   * Waits until all has arrived, or the time is over: a connection that was cut loses some.
   * @param limit milliseconds
   */
  wait(limit: number): Promise<void> {
    if (this.count <= 0) return Promise.resolve();
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.count = 0;
        resolve();
      };
      const timer = setTimeout(end, limit);
      this.waiting.push(end);
    });
  }
}
