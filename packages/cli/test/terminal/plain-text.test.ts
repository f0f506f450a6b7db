import { describe, expect, it } from '@jest/globals';
import { toPlainText } from '../../src/terminal/plain-text.js';

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
