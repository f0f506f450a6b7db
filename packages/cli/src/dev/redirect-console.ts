import { Console } from 'node:console';
import { Writable } from 'node:stream';
import type { Undo } from '@pertybot/core';

/**
 * Sends what plugins write with `console.log` to `print` instead of stdout, where it would spoil the
 * screen or the JSON.
 */
export function redirectConsole(print: (text: string) => void): Undo {
  const sink = new Writable({
    decodeStrings: false,
    write: (chunk, _encoding, done) => {
      print(String(chunk).replace(/\n$/, ''));
      done();
    },
  });
  const original = globalThis.console;
  globalThis.console = new Console({ stdout: sink, stderr: sink, colorMode: false });
  return () => {
    globalThis.console = original;
  };
}
