import type { AsyncUndo, Undo } from '../contracts/consumer.js';

/** Undos after which timers get their turn, so that a limit on the whole can fire. */
const undosInOneGo = 256;

/** One of the list; without its undo once that has begun. */
interface Entry {
  undo: AsyncUndo | undefined;
}

/** What a plugin took, given back in reverse. Taking and giving back cost the same however much it has. */
export class UndoList {
  private readonly entries = new Set<Entry>();
  private closed = false;

  /** @param onError told of each undo that fails; the others run all the same */
  constructor(private readonly onError: (error: unknown) => void) {}

  /** Adds `undo`; what is returned runs it now, once, and forgets it. After {@link run} it runs at once. */
  add(undo: AsyncUndo): Undo {
    // The same function may be added twice, and is then run twice.
    const entry: Entry = { undo };
    this.entries.add(entry);
    const now = () => {
      this.entries.delete(entry);
      void this.settle(entry);
    };
    if (this.closed) now();
    return now;
  }

  /**
   * Runs all, the last one first.
   * @param late resolves when there is no more time: each one left is then begun and not waited for
   */
  async run(late?: Promise<void>): Promise<void> {
    this.closed = true;
    let isLate = false;
    let goOn = () => {};
    void late?.then(() => {
      isLate = true;
      goOn();
    });
    const lastFirst = [...this.entries].reverse();
    for (const [index, entry] of lastFirst.entries()) {
      const undone = this.settle(entry);
      if (undone && !isLate) {
        // A race with `late` for each would leave something with it that stays.
        await new Promise<void>((resolve) => {
          goOn = resolve;
          void undone.then(resolve);
        });
      }
      // Promises alone never let a timer run.
      if (index % undosInOneGo === undosInOneGo - 1) await new Promise(setImmediate);
    }
    // All at once: to take tens of thousands out one by one takes longer than to run them.
    this.entries.clear();
  }

  /** Runs one that is not done yet. @returns what to wait for, if anything */
  private settle(entry: Entry): Promise<void> | undefined {
    const { undo } = entry;
    if (undo === undefined) return undefined;
    entry.undo = undefined;
    try {
      const undone: unknown = undo();
      return undone instanceof Promise ? undone.then(() => {}, this.onError) : undefined;
    } catch (error) {
      this.onError(error);
      return undefined;
    }
  }
}
