import { expect, test } from '@jest/globals';
import { ManualClock } from '@pertybot/core/testing';
import { RateWindow } from '../../src/outgoing/rate-limits.js';

test('slides: each entry leaves when its own time is over', async () => {
  const clock = new ManualClock();
  const window = new RateWindow(clock, 1_000);
  window.add();
  await clock.advance(600);
  window.add(2);
  expect(window.count).toBe(3);
  expect(window.waitFor(3)).toBe(400);
  expect(window.waitFor(4)).toBe(0);
  await clock.advance(400);
  expect(window.count).toBe(2);
  expect(window.waitFor(2)).toBe(600);
});
