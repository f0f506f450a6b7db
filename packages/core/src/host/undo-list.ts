import type { AsyncUndo, Undo } from '../contracts/consumer.js';

/** Undos after which timers get their turn, so that a limit on the whole can fire. */
const undosInOneGo = 256;

/** What a plugin took, given back in reverse. Taking and giving back cost the same however much it has. */
export class UndoList {
  private readonly undos = new Set<AsyncUndo>();
  private closed = false;

  /** @param onError told of each undo that fails; the others run all the same */
  constructor(private readonly onError: (error: unknown) => void) {}

  /** What is still to be given back. */
  get size(): number {
    return this.undos.size;
  }

  /** Adds `undo`; what is returned runs it now, once, and forgets it. After {@link run} it runs at once. */
  add(undo: AsyncUndo): Undo {
    // The same function may be added twice, and is then run twice.
    const own: AsyncUndo = () => undo();
    this.undos.add(own);
    const now = () => void this.settle(own);
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
    const lastFirst = [...this.undos].reverse();
    for (const [index, undo] of lastFirst.entries()) {
      const undone = this.settle(undo);
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
  }

  /** Runs one that is not done yet. @returns what to wait for, if anything */
  private settle(undo: AsyncUndo): Promise<void> | undefined {
    if (!this.undos.delete(undo)) return undefined;
    try {
      const undone: unknown = undo();
      return undone instanceof Promise ? undone.then(() => {}, this.onError) : undefined;
    } catch (error) {
      this.onError(error);
      return undefined;
    }
  }
}
