import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { ManualClock } from '@pertybot/core/testing';
import { Lookout } from '../../src/rewards/lookout.js';

let clock: ManualClock;
let isTold: boolean;
let looks: number[];
let lookout: Lookout;

beforeEach(() => {
  clock = new ManualClock();
  isTold = true;
  looks = [];
  lookout = new Lookout({ clock, isTold: () => isTold, look: () => looks.push(clock.now()) });
});
afterEach(() => lookout.stop());

it('asks after five minutes where Twitch tells of what comes, and says that nothing else gave reason to', async () => {
  lookout.begin();
  await clock.advance('4m');
  expect(looks).toEqual([]);
  await clock.advance('1m');
  expect(looks).toHaveLength(1);
  expect(lookout.begin()).toBe(true);
  expect(lookout.begin()).toBe(false);
});

it('asks within seconds where Twitch tells of nothing any more, also in the midst of a rest', async () => {
  lookout.begin();
  await clock.advance('1m');
  isTold = false;
  await clock.advance('15s');
  expect(looks).toHaveLength(1);
  expect(lookout.begin()).toBe(false);
  await clock.advance('15s');
  expect(looks).toHaveLength(2);
});

it('asks no more once it was stopped', async () => {
  lookout.begin();
  lookout.stop();
  await clock.advance('1h');
  expect(looks).toEqual([]);
});
