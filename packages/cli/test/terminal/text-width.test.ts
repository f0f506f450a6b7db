import { describe, expect, it } from '@jest/globals';
import { flow, textWidth, wrap } from '../../src/terminal/text-width.js';

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
