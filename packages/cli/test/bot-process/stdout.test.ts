import { afterEach, describe, expect, it } from '@jest/globals';
import { redirectConsole, reserveStdout } from '../../src/bot-process/stdout.js';

const { stdout, stderr } = process;
const written = { stdout: stdout.write, stderr: stderr.write };
let undo: (() => void) | undefined;

afterEach(() => {
  undo?.();
  undo = undefined;
  stdout.write = written.stdout;
  stderr.write = written.stderr;
});

describe('reserveStdout', () => {
  it('keeps stdout for one writer, and sends all others to stderr', () => {
    const out: unknown[] = [];
    const err: unknown[] = [];
    stdout.write = ((text: unknown) => out.push(text) > 0) as typeof stdout.write;
    stderr.write = ((text: unknown) => err.push(text) > 0) as typeof stderr.write;
    const reserved = reserveStdout();
    undo = reserved.undo;
    reserved.write('{"type":"ready"}\n');
    stdout.write('a plugin\n');
    reserved.undo();
    stdout.write('afterwards\n');
    expect(out).toEqual(['{"type":"ready"}\n', 'afterwards\n']);
    expect(err).toEqual(['a plugin\n']);
  });
});

describe('redirectConsole', () => {
  it('hands on what plugins print, without the line’s end, until it is undone', () => {
    const before = globalThis.console;
    const printed: string[] = [];
    undo = redirectConsole((text) => printed.push(text));
    console.log('one %d', 1);
    console.error('two\nlines');
    console.log({ lamp: true });
    console.log();
    undo();
    expect(globalThis.console).toBe(before);
    expect(printed).toEqual(['one 1', 'two\nlines', '{ lamp: true }', '']);
  });
});
