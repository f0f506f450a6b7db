import { describe, expect, it } from '@jest/globals';
import { Backoff } from '../src/backoff.js';

describe('Backoff', () => {
  it('doubles up to its longest wait, and starts over after a success', () => {
    const backoff = new Backoff(1_000, 5_000, () => 1);
    expect([backoff.next(), backoff.next(), backoff.next(), backoff.next()]).toEqual([
      1_000, 2_000, 4_000, 5_000,
    ]);
    backoff.reset();
    expect(backoff.next()).toBe(1_000);
  });

  it('takes off up to half at random', () => {
    expect(new Backoff(1_000, 5_000, () => 0).next()).toBe(500);
  });

  it('waits at least as long as it is asked to', () => {
    expect(new Backoff(1_000, 5_000).next(60_000)).toBe(60_000);
  });
});
