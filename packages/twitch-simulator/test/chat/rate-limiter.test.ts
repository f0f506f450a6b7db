import { describe, expect, it } from '@jest/globals';
import { RateLimiter } from '../../src/chat/rate-limiter.js';
import { TestClock } from '../simulator.js';

function limiter() {
  const clock = new TestClock();
  return { clock, limits: new RateLimiter(clock.now) };
}

describe('RateLimiter', () => {
  it('lets as many through as fit into a window, and slides it', () => {
    const { clock, limits } = limiter();
    const limit = { count: 2, within: 10_000 };
    const admit = () => limits.admit('a', limit);
    expect([admit(), admit(), admit()]).toEqual([true, true, false]);
    clock.pass(9.999);
    expect(admit()).toBe(false);
    clock.pass(0.001);
    expect([admit(), admit(), admit()]).toEqual([true, true, false]);
  });

  it('does not count what it refuses: whoever waits gets in again', () => {
    const { clock, limits } = limiter();
    const limit = { count: 1, within: 1_000 };
    expect(limits.admit('a', limit)).toBe(true);
    for (let times = 0; times < 100; times++) expect(limits.admit('a', limit)).toBe(false);
    clock.pass(1);
    expect(limits.admit('a', limit)).toBe(true);
  });

  it('counts each key by itself, and nothing without a limit', () => {
    const { limits } = limiter();
    const limit = { count: 1, within: 1_000 };
    expect([limits.admit('a', limit), limits.admit('b', limit)]).toEqual([true, true]);
    for (let times = 0; times < 100; times++) expect(limits.admit('a', undefined)).toBe(true);
    expect(limits.admit('c', { count: 0, within: 1_000 })).toBe(false);
  });

  it('keeps whoever was blocked out until its time is over', () => {
    const { clock, limits } = limiter();
    limits.block('a', 1_800_000);
    expect([limits.isBlocked('a'), limits.isBlocked('b')]).toEqual([true, false]);
    clock.pass(1_799.999);
    expect(limits.isBlocked('a')).toBe(true);
    clock.pass(0.001);
    expect(limits.isBlocked('a')).toBe(false);
    limits.block('a', 0);
    expect(limits.isBlocked('a')).toBe(false);
  });

  it('forgets nothing that still counts when a hundred thousand others come', () => {
    const { clock, limits } = limiter();
    const text = { count: 1, within: 30_000 };
    expect(limits.admit('text hello', text)).toBe(true);
    clock.pass(2);
    for (let n = 0; n < 30_000; n++) limits.admit(`message ${n}`, { count: 1, within: 1_000 });
    expect(limits.admit('text hello', text)).toBe(false);
    clock.pass(28);
    expect(limits.admit('text hello', text)).toBe(true);
    for (let n = 0; n < 200_000; n++) {
      limits.admit(`late ${n}`, { count: 1, within: 1_000 });
      clock.pass(0.001);
    }
    expect(Object(limits).windows.size).toBeLessThan(70_000);
  });
});
