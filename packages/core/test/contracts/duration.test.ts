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

describe('durations of every kind', () => {
  const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

  it('are read alone and in any order with others, in any case, with spaces or without', () => {
    for (const [unit, milliseconds] of Object.entries(units)) {
      for (const amount of [0, 1, 2.5, 999]) {
        const expected = amount * milliseconds;
        for (const text of [`${amount}${unit}`, ` ${amount} ${unit.toUpperCase()} `]) {
          expect({ text, is: parseDuration(text) }).toEqual({ text, is: expected });
        }
        const text = `${amount}${unit}1s`;
        expect({ text, is: parseDuration(text) }).toEqual({ text, is: expected + 1_000 });
      }
    }
  });

  it.each(['1', '.5s', '5.s', '1e3s', '0x5s', '5sec', '1:30', 's5', '5ss', '1s,2s', '１s', '٣s'])(
    'are not read in %j, and the schema agrees',
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
      expect(v.safeParse(duration(), text).success).toBe(false);
    },
  );

  it('are none when they have no end', () => {
    const endless = `${'9'.repeat(400)}d`;
    expect(parseDuration(endless)).toBeUndefined();
    expect(v.safeParse(duration(), endless).success).toBe(false);
  });

  it('are read by the schema as they are by the function', () => {
    for (const input of [0, 1, 1_500, '10s', '1m30s', ' 5 H ', '0ms']) {
      expect(v.parse(duration(), input)).toBe(parseDuration(input));
    }
    for (const input of [-1, Number.NaN, true, null, {}, []]) {
      expect(v.safeParse(duration(), input).success).toBe(false);
    }
  });

  it('never look shorter than they are', () => {
    for (let milliseconds = 1; milliseconds < 10_000_000; milliseconds = milliseconds * 3 + 1) {
      const shown = formatDuration(milliseconds).replaceAll('min', 'm');
      const read = parseDuration(shown.replaceAll(' ', ''));
      expect({ shown, is: Number(read) >= milliseconds }).toEqual({ shown, is: true });
      expect(Number(read) - milliseconds).toBeLessThan(1_000);
    }
  });
});
