import { Console } from 'node:console';
import { Writable } from 'node:stream';
import type { Undo } from '@pertybot/core';

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
