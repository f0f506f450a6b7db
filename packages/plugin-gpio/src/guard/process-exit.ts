import type { Undo } from '@pertybot/core';

/** One set for the process, since a process ends once, whatever runs in it. */
const tasks = new Set<() => void>();

/** Mark of a listener of the process that stays behind its plugin on purpose; `pertybot plugins verify` lets it be. */
export const outlivesPlugin: unique symbol = Symbol.for('pertybot.outlivesPlugin');

const runAll = Object.assign(
  (code: number): void => {
    if (code !== 0) return;
    for (const task of tasks) task();
  },
  { [outlivesPlugin]: true },
);

/** Runs `task`, which must not throw, when the process ends as it was asked to, with exit code 0. */
export function atCleanExit(task: () => void): Undo {
  if (tasks.size === 0) process.on('exit', runAll);
  tasks.add(task);
  return () => {
    tasks.delete(task);
    if (tasks.size === 0) process.off('exit', runAll);
  };
}

/** Whatever can bring its outputs to their safe level at once. */
export interface HasSafeState {
  makeSafe(): void;
}

/** One set for the process, since a process ends once, whatever runs in it. */
const guards = new Set<HasSafeState>();

/** Brings every output of every bot in this process to its safe level, synchronously. Never throws. */
export function makeAllSafe(): void {
  for (const guard of guards) guard.makeSafe();
}

/** Has `guard` made safe when the process exits, until the returned undo is called. */
export function makeSafeAtExit(guard: HasSafeState): Undo {
  if (guards.size === 0) process.on('exit', makeAllSafe);
  guards.add(guard);
  return () => {
    guards.delete(guard);
    if (guards.size === 0) process.off('exit', makeAllSafe);
  };
}
