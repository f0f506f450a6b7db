import { Console } from 'node:console';
import { Writable } from 'node:stream';
import type { Logger, Undo } from '@pertybot/core';
import { createRedactor } from './redaction.js';
import { environmentOf } from './secret-values.js';

/** Stdout for one writer; whatever else is written there goes to stderr. */
export interface ReservedStdout {
  write(text: string): void;
  readonly undo: Undo;
}

/** Reserves stdout, so that nothing comes between the JSON lines. */
export function reserveStdout(): ReservedStdout {
  const { stdout, stderr } = process;
  const write = stdout.write;
  stdout.write = stderr.write.bind(stderr) as typeof stdout.write;
  return {
    write: (text) => void write.call(stdout, text),
    undo: () => {
      stdout.write = write;
    },
  };
}

/**
 * Sends what plugins write with `console.log` to `print` instead of stdout, where it would spoil the
 * screen or the JSON.
 * @param printError takes what `console.error` and its like write
 */
export function redirectConsole(
  print: (text: string) => void,
  printError: (text: string) => void = print,
): Undo {
  const original = globalThis.console;
  globalThis.console = new Console({
    stdout: sinkOf(print),
    stderr: sinkOf(printError),
    colorMode: false,
  });
  return () => {
    globalThis.console = original;
  };
}

function sinkOf(print: (text: string) => void): Writable {
  return new Writable({
    decodeStrings: false,
    write: (chunk, _encoding, done) => {
      print(String(chunk).replace(/\n$/, ''));
      done();
    },
  });
}

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
