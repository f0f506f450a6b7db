import { setTimeout as wait } from 'node:timers/promises';

/** Knows when something last came out, so that one can wait until nothing more does. */
export class QuietTime {
  private last = performance.now();
  private touches = 0;

  /** How often something came out. */
  get count(): number {
    return this.touches;
  }

  /** Something came out. */
  touch(): void {
    this.touches += 1;
    this.last = performance.now();
  }

  /**
   * Waits until nothing has come out for a while, counted from now at the earliest.
   * @param span milliseconds
   */
  async wait(span: number, signal?: AbortSignal): Promise<void> {
    const called = performance.now();
    for (;;) {
      const left = Math.max(called, this.last) + span - performance.now();
      if (left <= 0 || signal?.aborted) return;
      await wait(left, undefined, signal ? { signal } : {}).catch(() => {});
    }
  }
}
