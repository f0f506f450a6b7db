import type { Logger, Undo } from '@pertybot/core';
import { createRedactor } from './redaction.js';
import { environmentOf } from './secret-values.js';
import { redirectConsole } from './stdout.js';

/**
 * Hides the secrets of a bot in whatever is written to stdout and stderr, by plugins as well.
 * @param folder of the bot
 */
export function hideInOutput(folder: string): Undo {
  const redact = createRedactor(environmentOf(folder));
  const undo = [process.stdout, process.stderr].map((stream) => hideIn(stream, redact));
  return () => {
    for (const each of undo) each();
  };
}

/** Makes what plugins write with `console` lines of the log, with what it wrote to stderr as warnings. */
export function logConsole(logger: Logger): Undo {
  return redirectConsole(
    (text) => logger.info(text),
    (text) => logger.warn(text),
  );
}

function hideIn(stream: NodeJS.WriteStream, redact: (text: string) => string): Undo {
  const { write } = stream;
  const hiding = (chunk: string | Uint8Array, ...others: unknown[]): boolean => {
    // Bytes that are no text would not survive it, and hold no secret that could be read.
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
    const safe = redact(text);
    return Reflect.apply(write, stream, [safe === text ? chunk : safe, ...others]);
  };
  stream.write = hiding as typeof stream.write;
  return () => {
    if (stream.write === hiding) stream.write = write;
  };
}
