import type { Undo } from '@pertybot/core';

/** Whatever can bring its outputs to their safe level at once. */
export interface SafeGuarded {
  makeSafe(): void;
}

/** One set for the process, since a process ends once, whatever runs in it. */
const guards = new Set<SafeGuarded>();

/** Brings every output of every bot in this process to its safe level, synchronously. Never throws. */
export function makeAllSafe(): void {
  for (const guard of guards) guard.makeSafe();
}

/** Has `guard` made safe when the process exits, until the returned undo is called. */
export function makeSafeAtExit(guard: SafeGuarded): Undo {
  if (guards.size === 0) process.on('exit', makeAllSafe);
  guards.add(guard);
  return () => {
    guards.delete(guard);
    if (guards.size === 0) process.off('exit', makeAllSafe);
  };
}
