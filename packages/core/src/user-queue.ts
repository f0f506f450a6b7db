/** Runs tasks one at a time per user, in order, with a bounded queue for each. */
export class UserQueue {
  private readonly waiting = new Map<string, number>();
  private readonly tails = new Map<string, Promise<void>>();

  /** @param limit tasks of one user that may wait or run */
  constructor(private readonly limit: number) {}

  /** Users whose tasks wait or run. */
  get size(): number {
    return this.tails.size;
  }

  /**
   * Runs `task` behind the user's others. The task must not throw.
   * @returns undefined when the user's queue is full
   */
  run(user: string, task: () => Promise<void>): Promise<void> | undefined {
    const count = this.waiting.get(user) ?? 0;
    if (count >= this.limit) return undefined;
    this.waiting.set(user, count + 1);
    const before = this.tails.get(user);
    const tail = (before === undefined ? task() : before.then(task)).finally(() => {
      const left = (this.waiting.get(user) ?? 1) - 1;
      if (left > 0) {
        this.waiting.set(user, left);
        return;
      }
      this.waiting.delete(user);
      this.tails.delete(user);
    });
    this.tails.set(user, tail);
    return tail;
  }
}
