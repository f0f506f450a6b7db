import { beforeEach, describe, expect, it } from '@jest/globals';
import { StartLimit } from '../../src/host/start-limit.js';
import { ManualClock } from '../../src/testing/manual-clock.js';

let clock: ManualClock;
let limit: StartLimit;
let late: boolean;

beforeEach(() => {
  clock = new ManualClock();
  limit = new StartLimit(clock, 30_000);
  late = false;
  limit.arm(() => {
    late = true;
  });
});

describe('StartLimit', () => {
  it('tells when the time is over', async () => {
    await clock.advance('29s');
    expect(late).toBe(false);
    await clock.advance('1s');
    expect(late).toBe(true);
  });

  it('does not count the time of a pause', async () => {
    await clock.advance('20s');
    limit.pause();
    await clock.advance('1h');
    limit.resume();
    await clock.advance('9s');
    expect(late).toBe(false);
    await clock.advance('1s');
    expect(late).toBe(true);
  });

  it('tells nobody once it is disarmed', async () => {
    limit.disarm();
    limit.pause();
    limit.resume();
    await clock.advance('1h');
    expect([late, clock.pending]).toEqual([false, 0]);
  });
});
