import type { AsyncUndo, Undo } from './undo.js';

/** What a plugin took, given back in reverse. */
export class UndoList {
  private undos: AsyncUndo[] = [];
  private closed = false;

  /** Adds `undo`; what is returned runs it now, once, and forgets it. After {@link run} it runs at once. */
  add(undo: AsyncUndo): Undo {
    const once = () => {
      if (!this.undos.includes(once)) return;
      this.undos = this.undos.filter((other) => other !== once);
      return undo();
    };
    this.undos.push(once);
    if (this.closed) void once();
    return () => {
      void once();
    };
  }

  /**
   * Runs all, the last one first.
   * @param onError told of each that fails; the others run all the same
   */
  async run(onError: (error: unknown) => void): Promise<void> {
    this.closed = true;
    for (let undo = this.undos.at(-1); undo !== undefined; undo = this.undos.at(-1)) {
      try {
        await undo();
      } catch (error) {
        onError(error);
      }
    }
  }
}
