import { beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '../../src/testing/index.js';

let clock: ManualClock;
let ran: string[];

beforeEach(() => {
  clock = new ManualClock();
  ran = [];
});

const note = (name: string) => () => {
  ran.push(`${name} at ${clock.now()}`);
};

describe('ManualClock', () => {
  it('runs timers in the order in which they fall due, each at its own time', async () => {
    clock.after(300, note('third'));
    clock.after(100, note('first'));
    clock.after(100, note('second'));
    clock.after(301, note('late'));
    await clock.advance(300);
    expect(ran).toEqual(['first at 100', 'second at 100', 'third at 300']);
    expect([clock.now(), clock.pending]).toEqual([300, 1]);
  });

  it('runs timers that a timer starts, and what they leave behind', async () => {
    clock.after(100, () => {
      note('outer')();
      clock.after(100, async () => {
        await null;
        clock.after(50, note('inner'));
      });
    });
    await clock.advance('1s');
    expect(ran).toEqual(['outer at 100', 'inner at 250']);
  });

  it('forgets a timer that was taken back', async () => {
    clock.after(100, note('never'))();
    await clock.advance('1s');
    expect(ran).toEqual([]);
  });

  it('moves the wall clock along', async () => {
    const before = clock.date().getTime();
    await clock.advance('1m');
    expect(clock.date().getTime() - before).toBe(60_000);
  });
});
