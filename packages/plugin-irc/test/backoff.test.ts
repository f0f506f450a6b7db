import { expect, test } from '@jest/globals';
import { Backoff } from '../src/backoff.js';

function pauses(random: number, count = 8): readonly number[] {
  const backoff = new Backoff(() => random);
  return Array.from({ length: count }, () => backoff.next());
}

test('doubles from one second to a minute', () => {
  expect(pauses(0)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  expect(pauses(0.999).at(-1)).toBeLessThanOrEqual(60_000);
});

test('spreads each pause over its upper half', () => {
  expect(pauses(0.5, 3)).toEqual([1_500, 3_000, 6_000]);
});

test('begins again after a reset', () => {
  const backoff = new Backoff(() => 0);
  backoff.next();
  backoff.next();
  backoff.reset();
  expect(backoff.next()).toBe(1_000);
});
