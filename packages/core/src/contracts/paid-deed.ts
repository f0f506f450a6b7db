import type { Refusal } from './command.js';

/**
 * What somebody paid for, while it is done: whoever drives something tells it what has moved, and finds it in the
 * attribution of what runs (`attributionNow()?.deed`). What has moved is paid for; what has not is given back.
 */
export interface PaidDeed {
  /** Why nothing may be done for it any more: its points are back already. Undefined while it may. */
  readonly over: Refusal | undefined;
  /** Something that can prove that it moved is asked to: a handler that returns is no proof any more. */
  asked(): void;
  /** Why what was asked does not move. */
  refused(refusal: Refusal): void;
  /**
   * An output leaves its safe level now: called before the write. Synchronous; never throws.
   * @param what the output, for people, such as `lamp (GPIO17)`
   * @returns why it must not
   */
  willMove(what?: string): Refusal | undefined;
  /**
   * It has left its safe level.
   * @param time milliseconds for which it was wanted; undefined until somebody wants something else
   * @returns to be called when it is back, told whether the deed itself brought it back
   */
  moved(time?: number): (byItself: boolean) => void;
  /** Something else has changed for it: it was switched off, or is brighter now. */
  changed(): void;
  /** Begins work of several movements, which is judged as a whole; within another such work it is part of that. */
  begin(): PaidWork;
  /** It is not decided before `work` is done, such as one that waits for its turn. */
  wait(work: Promise<unknown>): void;
}

/** Work of several movements. */
export interface PaidWork {
  /** It goes on. @param time milliseconds that it takes as a whole; undefined where nobody knows */
  goesOn(time?: number): void;
  /** It does not go on: each movement is judged on its own. */
  wasOne(): void;
  /** It has ended. @param cut whether something ended it */
  ended(cut: boolean): void;
}
