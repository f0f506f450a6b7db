/** What is to happen later; all of it is off when the simulator stops. */
export class Timers {
  private readonly pending = new Set<NodeJS.Timeout>();

  /** @returns the undo */
  after(milliseconds: number, happen: () => void): () => void {
    const timer = setTimeout(() => {
      this.pending.delete(timer);
      happen();
    }, milliseconds).unref();
    this.pending.add(timer);
    return () => {
      clearTimeout(timer);
      this.pending.delete(timer);
    };
  }

  /** Nothing of it happens any more. */
  clear(): void {
    for (const timer of this.pending) clearTimeout(timer);
    this.pending.clear();
  }
}
