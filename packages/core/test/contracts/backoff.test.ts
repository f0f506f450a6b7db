import { describe, expect, it } from '@jest/globals';
import { Backoff } from '../../src/contracts/backoff.js';

describe('Backoff', () => {
  it('doubles up to its longest pause, and starts over after a success', () => {
    const backoff = new Backoff({ longest: 5_000, random: () => 1 });
    expect([1, 2, 3, 4].map(() => backoff.next())).toEqual([1_000, 2_000, 4_000, 5_000]);
    backoff.reset();
    expect(backoff.next()).toBe(1_000);
  });

  it('takes off up to half at random', () => {
    expect(new Backoff({ random: () => 0 }).next()).toBe(500);
  });

  it('waits at least as long as it is asked to', () => {
    expect(new Backoff().next(60_000)).toBe(60_000);
  });

  it('stays at its longest pause after ten thousand failures', () => {
    const backoff = new Backoff({ longest: 5_000, random: () => 1 });
    for (let count = 0; count < 10_000; count += 1) backoff.next();
    expect(backoff.next()).toBe(5_000);
  });
});
