import { expect, test } from '@jest/globals';
import { eachLine, isIrcLine } from '../../src/tmi/frame-lines.js';

function linesOf(frame: string): readonly string[] {
  const lines: string[] = [];
  eachLine(
    frame,
    (whole, start, end) => void lines.push(whole.slice(start, end)),
    () => void lines.push('broken'),
  );
  return lines;
}

test.each([
  ['', []],
  ['\r\n', []],
  ['one', ['one']],
  ['one\r\ntwo', ['one', 'two']],
  ['one\r\n\r\ntwo\r\n', ['one', 'two']],
  ['a line feed\nalone', ['a line feed\nalone']],
  ['\n', ['\n']],
  ['a\r\n\n', ['a', '\n']],
  ['a\rb\r\nc', ['a\rb', 'c']],
])('takes %j apart', (frame, lines) => {
  expect(linesOf(frame)).toEqual(lines);
});

test('a line that throws takes none of the others along', () => {
  const seen: string[] = [];
  eachLine(
    'one\r\nbad\r\ntwo',
    (frame, start, end) => {
      const line = frame.slice(start, end);
      if (line === 'bad') throw new TypeError('not this one');
      seen.push(line);
    },
    () => void seen.push('broken'),
  );
  expect(seen).toEqual(['one', 'broken', 'two']);
});

test('a frame of 10,000 lines is taken apart line by line', () => {
  const lines = Array.from({ length: 10_000 }, (_, number) => `line ${number}`);
  expect(linesOf(lines.join('\r\n'))).toEqual(lines);
});

test.each([
  ['PING :x', true],
  ['PONG', true],
  ['RECONNECT', true],
  [':tmi.twitch.tv 001 x :hi', true],
  ['@a=b :tmi.twitch.tv ROOMSTATE #c', true],
  ['nonsense', false],
  [':prefix', false],
  ['@tags', false],
  ['PINGS x', false],
  ['', false],
])('%j has the outline of a line: %s', (line, known) => {
  expect(isIrcLine(line)).toBe(known);
});
