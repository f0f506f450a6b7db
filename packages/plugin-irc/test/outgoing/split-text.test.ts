import { expect, test } from '@jest/globals';
import { lengthOf, splitText } from '../../src/outgoing/split-text.js';

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
