import type { Undo } from '@pertybot/core';

/** Whatever goes on by itself, to be ended at once when everything is stopped. */
export class HaltList {
  private readonly halts = new Set<{ readonly halt: () => void }>();

  /** Calls `halt` whenever everything is stopped. It must not throw. */
  add(halt: () => void): Undo {
    const entry = { halt };
    this.halts.add(entry);
    return () => void this.halts.delete(entry);
  }

  /** Ends all of it, synchronously. */
  run(): void {
    for (const { halt } of [...this.halts]) halt();
  }
}
