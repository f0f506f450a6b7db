import { describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import {
  duration,
  formatDuration,
  parseDuration,
  toMilliseconds,
} from '../../src/contracts/duration.js';

describe('parseDuration', () => {
  it.each([
    ['500ms', 500],
    ['2s', 2_000],
    ['1m30s', 90_000],
    ['1.5h', 5_400_000],
    ['1 d', 86_400_000],
    [' 10 S ', 10_000],
    [250, 250],
    [0, 0],
  ])('reads %p as %p ms', (input, expected) => {
    expect(parseDuration(input)).toBe(expected);
  });

  it.each(['', '10', 'ten', '-5s', '5 s x', 's', Number.NaN, -1, Number.POSITIVE_INFINITY])(
    'takes %p for none',
    (input) => {
      expect(parseDuration(input)).toBeUndefined();
    },
  );
});

describe('toMilliseconds', () => {
  it('names what is no duration', () => {
    expect(() => toMilliseconds('soon' as '1s')).toThrow('"soon" is no duration such as 30s.');
  });
});

describe('formatDuration', () => {
  it.each([
    [0.2, '1 ms'],
    [500, '500 ms'],
    [1_000, '1 s'],
    [6_001, '7 s'],
    [90_000, '1 min 30 s'],
    [7_200_000, '2 h'],
    [3_600_000 + 61_000, '1 h 1 min 1 s'],
  ])('writes %p ms as %p', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });
});

describe('duration', () => {
  it('gives milliseconds and refuses what is none', () => {
    expect(v.parse(duration(), '2s')).toBe(2_000);
    expect(v.safeParse(duration(), 'soon').success).toBe(false);
    expect(v.safeParse(duration(), true).success).toBe(false);
  });
});
