import { Console } from 'node:console';
import { Writable } from 'node:stream';
import type { Undo } from '@pertybot/core';

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
