import type { Logger } from './logger.js';

/** A plugin that was given a service of another one. */
export interface Consumer {
  /** Id of the plugin. */
  readonly id: string;
  readonly log: Logger;
  /** Fires when the plugin stops. */
  readonly signal: AbortSignal;
  /** Runs `undo` when the plugin stops. */
  onStop(undo: AsyncUndo): void;
  /**
   * Runs `task` as the plugin's own, such as a listener of it: what it throws, or its promise rejects
   * with, is logged and counted as the plugin's fault. Never throws.
   * @param where such as `input bell`
   */
  run(where: string, task: () => unknown): void;
}

/** Key of the method by which a service makes a version of its own for each plugin that needs it. */
export const forPlugin: unique symbol = Symbol.for('pertybot.forPlugin');

/** A service that must know who uses it, so that what a plugin took is given back when it stops. */
export interface PerPlugin<Service> {
  [forPlugin](consumer: Consumer): Service;
}

/** Gives back what a call took. Calling it a second time does nothing. */
export type Undo = () => void;

/** Like {@link Undo}, for what takes time to give back. */
export type AsyncUndo = () => void | Promise<void>;
