import { createInterface } from 'node:readline';

/** The lines of a stream, one at a time; ends with the stream, or when `signal` fires. */
export async function* linesOf(
  input: NodeJS.ReadableStream,
  signal: AbortSignal,
): AsyncGenerator<string> {
  if (signal.aborted) return;
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY, terminal: false });
  const close = () => {
    lines.close();
    // A read that waits for a terminal would keep the process alive.
    if ('unref' in input && typeof input.unref === 'function') input.unref();
  };
  signal.addEventListener('abort', close, { once: true });
  try {
    yield* lines;
  } finally {
    signal.removeEventListener('abort', close);
    close();
  }
}
