import { describe, expect, it } from '@jest/globals';
import { flow, textWidth, toPlainLines, toPlainText, wrap } from '../../src/terminal/text.js';

describe('textWidth', () => {
  it.each([
    ['lamp', 4],
    ['', 0],
    ['\u001b[33m◉\u001b[39m lamp', 6],
    ['日本', 4],
    ['👩‍👩‍👧', 2],
    ['é', 1],
    ['e\u0301', 1],
  ])('of %j is %i', (text, width) => {
    expect(textWidth(text)).toBe(width);
  });
});

describe('flow', () => {
  it('fills lines and breaks between items only', () => {
    expect(flow(['one', 'two', 'three'], '  ', 8)).toEqual(['one  two', 'three']);
  });

  it('gives a wide item a line of its own', () => {
    expect(flow(['a', 'wider than that', 'b'], ' ', 5)).toEqual(['a', 'wider than that', 'b']);
  });

  it('makes no line of nothing', () => {
    expect(flow([], ' ', 5)).toEqual([]);
  });
});

describe('wrap', () => {
  it('breaks between words, below the first of them', () => {
    expect(wrap('one two three', 11, 4)).toBe('one two\n    three');
    expect(wrap('one two three', undefined, 4)).toBe('one two three');
    expect(wrap('one two three', 0, 4)).toBe('one two three');
  });
});

describe('toPlainText', () => {
  it('keeps letters of all scripts and emoji', () => {
    expect(toPlainText('héllo 日本 👩‍👩‍👧 ❤️')).toBe('héllo 日本 👩‍👩‍👧 ❤️');
  });

  it.each([
    ['a colour', '\u001b[31mred\u001b[0m', 'red'],
    ['a cleared screen', '\u001b[2J\u001b[Hgone', 'gone'],
    ['a window title', '\u001b]0;evil\u0007text', 'text'],
    ['a link', '\u001b]8;;https://evil.example\u001b\\click\u001b]8;;\u001b\\', 'click'],
    ['a device control string', '\u001bPq#0;2\u001b\\text', 'text'],
    ['an eight-bit control sequence', '\u009b31mred', 'red'],
    ['a reset', '\u001bctext', 'text'],
    ['an unfinished sequence', 'text\u001b[', 'text'],
    ['an unfinished title', 'text\u001b]0;evil', 'text'],
    ['a bell and a backspace', 'a\u0007\u0008b', 'ab'],
    ['line feeds', 'one\r\ntwo', 'one two'],
    ['a reversed reading direction', 'abc\u202edef', 'abcdef'],
  ])('takes %s away', (_, text, plain) => {
    expect(toPlainText(text)).toBe(plain);
  });
});

it('keeps the lines of a text of others, and nothing else that moves the cursor', () => {
  expect(toPlainLines('one\u001b[2J\r\n  two\u0007')).toBe('one \n  two');
});
