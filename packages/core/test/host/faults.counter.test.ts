import { beforeEach, describe, expect, it } from '@jest/globals';
import { FaultCounter } from '../../src/host/faults.js';
import { ManualClock } from '../../src/testing/manual-clock.js';

let clock: ManualClock;
let counter: FaultCounter;

beforeEach(() => {
  clock = new ManualClock();
  counter = new FaultCounter(clock);
});

/** Faults until the plugin must rest; the rest is spent. */
async function exhaust(): Promise<number> {
  for (;;) {
    const delay = counter.add();
    if (delay === undefined) continue;
    await clock.advance(delay);
    return delay;
  }
}

describe('FaultCounter', () => {
  it('asks for a rest at the tenth fault within a minute', async () => {
    const answers: (number | undefined)[] = [];
    for (let i = 0; i < 10; i++) {
      answers.push(counter.add());
      await clock.advance('6s');
    }
    expect(answers).toEqual([...Array(9).fill(undefined), 10_000]);
  });

  it('forgets faults that are older than a minute', async () => {
    for (let i = 0; i < 50; i++) {
      expect(counter.add()).toBeUndefined();
      await clock.advance('6700ms');
    }
  });

  it('doubles the rest each time, up to five minutes', async () => {
    const rests: number[] = [];
    for (let i = 0; i < 7; i++) rests.push((await exhaust()) / 1_000);
    expect(rests).toEqual([10, 20, 40, 80, 160, 300, 300]);
  });

  it('begins anew after a stable minute', async () => {
    await exhaust();
    await exhaust();
    await clock.advance('59s');
    expect(await exhaust()).toBe(40_000);
    await clock.advance('60s');
    expect(await exhaust()).toBe(10_000);
  });
});
