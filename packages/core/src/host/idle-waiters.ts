/** Those who wait until nothing is left to do. */
export class IdleWaiters {
  private waiters: (() => void)[] = [];

  /** @param isIdle whether nothing is left to do now */
  constructor(private readonly isIdle: () => boolean) {}

  /** Resolves when nothing is left to do. */
  wait(): Promise<void> {
    return new Promise((resolve) => {
      this.waiters.push(resolve);
      this.check();
    });
  }

  /** Looks again, since something is done. */
  check(): void {
    if (this.waiters.length === 0 || !this.isIdle()) return;
    const waiters = this.waiters;
    this.waiters = [];
    for (const waiter of waiters) waiter();
  }
}
