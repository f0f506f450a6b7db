import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '@pertybot/core/testing';
import { SimulatedBoard } from '../../../src/drivers/simulated-board.js';
import { SimulatedDriver } from '../../../src/drivers/simulated-driver.js';
import { DimmableLine } from '../../../src/guard/pins/dimmable-line.js';

async function setUp(off: 0 | 1 = 0) {
  const clock = new ManualClock();
  const board = new SimulatedBoard(clock);
  const errors: unknown[] = [];
  const claimed = await new SimulatedDriver(board).claimOutput(17, off);
  const onError = (error: unknown) => errors.push(error);
  return {
    clock,
    board,
    errors,
    claimed,
    line: new DimmableLine(claimed, { off, clock, onError }),
  };
}

describe('DimmableLine', () => {
  it('is on for a share of each turn', async () => {
    const { clock, board, line } = await setUp();
    line.setShare(0.3);
    line.write(1);
    await clock.advance('20ms');
    expect(board.history.map(({ level, at }) => [level, at])).toEqual([
      [1, 0],
      [0, 3],
      [1, 10],
      [0, 13],
      [1, 20],
    ]);
  });

  it('is on for good, or off for good, without any switching', async () => {
    const { clock, board, line } = await setUp();
    line.write(1);
    await clock.advance('1s');
    line.setShare(0);
    await clock.advance('1s');
    expect(board.history.map(({ level }) => level)).toEqual([1, 0]);
    expect(clock.pending).toBe(0);
  });

  it('is dimmed the other way round when it is active-low', async () => {
    const { clock, board, line } = await setUp(1);
    const begun = board.history.length;
    line.setShare(0.5);
    line.write(0);
    await clock.advance('9ms');
    expect(board.history.slice(begun).map(({ level }) => level)).toEqual([0, 1]);
  });

  it('is off at once, and stays off', async () => {
    const { clock, board, line } = await setUp();
    line.setShare(0.5);
    line.write(1);
    await clock.advance('12ms');
    line.write(0);
    await clock.advance('1s');
    expect(board.level(17)).toBe(0);
    expect(clock.pending).toBe(0);
  });

  it('says when the pin is gone, and ends', async () => {
    const { clock, errors, claimed, line } = await setUp();
    line.setShare(0.5);
    line.write(1);
    claimed.release(0);
    await clock.advance('1s');
    expect(errors).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });
});
