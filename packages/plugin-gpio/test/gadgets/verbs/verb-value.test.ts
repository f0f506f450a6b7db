import { describe, expect, it } from '@jest/globals';
import { amount, choice, count, time } from '../../../src/gadgets/verbs/verb-value.js';

describe('count', () => {
  it('takes whole numbers within its bounds', () => {
    const { parse } = count(1, 20);
    expect(['1', '20', '0', '21', '2.5', '-1', 'three', '1e1'].map(parse)).toEqual([
      1,
      20,
      ...Array(6).fill(undefined),
    ]);
  });
});

describe('amount', () => {
  it('takes numbers with a fraction, a sign and its unit', () => {
    const { parse } = amount('angle', { least: -90, most: 90, unit: '°' });
    expect(['-90', '45°', '+1.5', '91', '', '°'].map(parse)).toEqual([
      -90,
      45,
      1.5,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('time', () => {
  it('takes seconds where there is no unit', () => {
    const { parse } = time();
    expect(['2', '2s', '500ms', '1m30s', '0', 'soon'].map(parse)).toEqual([
      2_000,
      2_000,
      500,
      90_000,
      undefined,
      undefined,
    ]);
  });
});

describe('choice', () => {
  it('takes one of its words, in any case', () => {
    const { parse, expected } = choice('speed', ['slow', 'fast']);
    expect([parse('FAST'), parse('warp')]).toEqual(['fast', undefined]);
    expect(expected).toBe('one of slow, fast');
  });
});
