import { expect, test } from '@jest/globals';
import { sanitiseText, shieldCommand } from '../../src/outgoing/sanitise-text.js';

test('turns line breaks into single spaces', () => {
  expect(sanitiseText('a\r\nb\n\nc\u2028d\te\u0085f')).toBe('a b c d e f');
});

test('takes other control characters out', () => {
  expect(sanitiseText('a\0b\u0001c\u007fd\u009ee')).toBe('abcde');
});

test('replaces halves of surrogate pairs, and keeps whole ones', () => {
  expect(sanitiseText('x\ud83dy😀\ude00')).toBe('x\ufffdy😀\ufffd');
});

test('keeps what is no control character', () => {
  expect(sanitiseText(' Grüße 你好 👨‍👩‍👧 ')).toBe('Grüße 你好 👨‍👩‍👧');
});

test('shields only a text that begins like a command', () => {
  expect(shieldCommand('/ban x')).toBe('\u200b/ban x');
  expect(shieldCommand('...well')).toBe('\u200b...well');
  expect(shieldCommand('a /ban x')).toBe('a /ban x');
});
