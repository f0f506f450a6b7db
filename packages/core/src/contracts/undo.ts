/** Gives back what a call took. Calling it a second time does nothing. */
export type Undo = () => void;

/** Like {@link Undo}, for what takes time to give back. */
export type AsyncUndo = () => void | Promise<void>;
