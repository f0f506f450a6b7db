import { constants } from 'node:os';
import type { Logger, Undo } from '@pertybot/core';
import { CliError } from '../terminal/cli-error.js';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Calls `listener` when the process is asked to end. Whoever asks a second time is in a hurry: the
 * process then ends at once.
 */
export function onShutdown(listener: (signal: NodeJS.Signals) => void): Undo {
  let asked = false;
  return onSignal((signal) => {
    if (asked) process.exit(128 + constants.signals[signal]);
    asked = true;
    listener(signal);
  });
}

/**
 * Runs `work`, which is told by its signal when Ctrl-C or another process ends it, so that it can put
 * back what it changed.
 */
export async function interruptible<Result>(
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const undo = onSignal(() =>
    controller.abort(
      new CliError('CLI_INTERRUPTED', 'It was interrupted.', {
        hint: 'Nothing was changed; run it again when you like.',
      }),
    ),
  );
  try {
    return await work(controller.signal);
  } finally {
    undo();
  }
}

function onSignal(listener: (signal: NodeJS.Signals) => void): Undo {
  for (const signal of signals) process.on(signal, listener);
  return () => {
    for (const signal of signals) process.off(signal, listener);
  };
}

/**
 * Says how a bot that has stopped left its pins; where one may be on, the process ends with exit code 1.
 * @param left a sentence about each output that may be on
 */
export function saySafe(left: readonly string[], logger: Logger): void {
  if (left.length === 0) {
    logger.info('Stopped; every pin is off.');
    return;
  }
  for (const sentence of left) logger.error(sentence);
  logger.error('Stopped, but an output may be on. It is tried on, and again at the next start.');
  process.exitCode = 1;
}

/** The result of `work`, or undefined as soon as `signal` fires; `work` then goes on unheard. */
export async function unlessAborted<Result>(
  work: Promise<Result>,
  signal: AbortSignal,
): Promise<Result | undefined> {
  if (signal.aborted) return undefined;
  let stop = () => {};
  const aborted = new Promise<undefined>((resolve) => {
    stop = () => resolve(undefined);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
