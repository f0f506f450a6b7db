import { describe, expect, it } from '@jest/globals';
import { PinHistory } from '../../../src/guard/history/pin-history.js';

/** Switches on for `on` of every `turn` milliseconds, until `end`. */
function switchOften(history: PinHistory, turn: number, on: number, end: number): void {
  for (let now = 0; now < end; now += turn) {
    history.switchedOn(now);
    history.switchedOff(now + on);
  }
}

describe('PinHistory', () => {
  it('keeps nothing of what no limit asks for', () => {
    const history = new PinHistory();
    switchOften(history, 1, 0.5, 100_000);
    expect([history.size, history.timesOn]).toEqual([0, 100_000]);
  });

  it('stays small however often a pin is switched', () => {
    const history = new PinHistory(600_000, 10);
    switchOften(history, 2, 1, 1_200_000);
    expect(history.size).toBeLessThan(3_000);
    expect([history.lastOnBut(0), history.lastOnBut(9)]).toEqual([1_199_998, 1_199_980]);
    expect(history.lastOnBut(10)).toBeUndefined();
  });

  it('stays small where the limit of toggles is lifted', () => {
    const history = new PinHistory(0, 1e9);
    switchOften(history, 1, 0.5, 100_000);
    expect(history.size).toBe(1_000);
  });

  it('never says less than the time on was, and hardly more', () => {
    const history = new PinHistory(600_000);
    switchOften(history, 100, 25, 1_200_000);
    const time = history.timeOn(600_000, 1_200_000);
    expect(time).toBeGreaterThanOrEqual(150_000);
    expect(time).toBeLessThan(151_000);
  });

  it('says how long the pin must rest, exactly for a single stretch', () => {
    const history = new PinHistory(10_000);
    history.switchedOn(1_000);
    history.switchedOff(3_000);
    const free = { wanted: 500, allowed: 2_000 };
    expect(history.untilFree(10_000, free, 3_000)).toBe(8_500);
    expect(history.timeOn(10_000, 11_500)).toBe(1_500);
    expect(history.untilFree(10_000, free, 11_500)).toBe(0);
  });
});
