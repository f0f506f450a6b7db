import { CliError } from './cli-error.js';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs `work`, which is told by its signal when Ctrl-C or another process ends it, so that it can put
 * back what it changed.
 */
export async function interruptible<Result>(
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const onSignal = () =>
    controller.abort(
      new CliError('CLI_INTERRUPTED', 'It was interrupted.', {
        hint: 'Nothing was changed; run it again when you like.',
      }),
    );
  for (const signal of signals) process.on(signal, onSignal);
  try {
    return await work(controller.signal);
  } finally {
    for (const signal of signals) process.off(signal, onSignal);
  }
}
