import { expect, test } from '@jest/globals';
import {
  lengthOf,
  sanitiseText,
  shieldCommand,
  splitText,
} from '../../src/outgoing/message-text.js';

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

test('leaves a text alone that fits', () => {
  expect(splitText('one two', 7)).toEqual(['one two']);
  expect(splitText('', 7)).toEqual([]);
});

test('splits at the last space that lets a part fit', () => {
  expect(splitText('one two three', 7)).toEqual(['one two', 'three']);
  expect(splitText('one two three', 8)).toEqual(['one two', 'three']);
  expect(splitText('one  two', 4)).toEqual(['one', 'two']);
});

test('splits a word that is too long', () => {
  expect(splitText('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
});

test('counts code points, and loses none', () => {
  const text = '😀'.repeat(1_001);
  const parts = splitText(text, 500);
  expect(parts.map(lengthOf)).toEqual([500, 500, 1]);
  expect(parts.join('')).toBe(text);
});

test('never splits a character that several code points compose', () => {
  const family = '👨‍👩‍👧';
  expect(lengthOf(family)).toBe(5);
  expect(splitText(`abcd${family}ef`, 6)).toEqual(['abcd', `${family}e`, 'f']);
  expect(splitText(`abc\u0065\u0301`, 4)).toEqual(['abc', '\u0065\u0301']);
});

test('splits even a composed character that is longer than a message', () => {
  const zalgo = `a${'\u0301'.repeat(20)}`;
  const parts = splitText(zalgo, 8);
  expect(parts.join('')).toBe(zalgo);
  for (const part of parts) expect(lengthOf(part)).toBeLessThanOrEqual(8);
});
