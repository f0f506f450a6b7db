import { constants } from 'node:os';
import type { Undo } from '@pertybot/core';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Calls `listener` when the process is asked to end. Whoever asks a second time is in a hurry: the
 * process then ends at once.
 */
export function onShutdown(listener: (signal: NodeJS.Signals) => void): Undo {
  let asked = false;
  const handle = (signal: NodeJS.Signals) => {
    if (asked) process.exit(128 + constants.signals[signal]);
    asked = true;
    listener(signal);
  };
  for (const signal of signals) process.on(signal, handle);
  return () => {
    for (const signal of signals) process.off(signal, handle);
  };
}
