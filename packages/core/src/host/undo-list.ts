import type { AsyncUndo, Undo } from '../contracts/undo.js';

/** What a plugin took, given back in reverse. */
export class UndoList {
  private undos: AsyncUndo[] = [];
  private closed = false;

  /** @param onError told of each undo that fails; the others run all the same */
  constructor(private readonly onError: (error: unknown) => void) {}

  /** Adds `undo`; what is returned runs it now, once, and forgets it. After {@link run} it runs at once. */
  add(undo: AsyncUndo): Undo {
    const once = () => {
      if (!this.undos.includes(once)) return;
      this.undos = this.undos.filter((other) => other !== once);
      return undo();
    };
    this.undos.push(once);
    const now = () => void this.attempt(once);
    if (this.closed) now();
    return now;
  }

  /**
   * Runs all, the last one first.
   * @param late resolves when there is no more time: each one left is then begun and not waited for
   */
  async run(late?: Promise<void>): Promise<void> {
    this.closed = true;
    for (let undo = this.undos.at(-1); undo !== undefined; undo = this.undos.at(-1)) {
      const undone = this.attempt(undo);
      await (late ? Promise.race([undone, late]) : undone);
    }
  }

  private async attempt(undo: AsyncUndo): Promise<void> {
    try {
      await undo();
    } catch (error) {
      this.onError(error);
    }
  }
}
