import { describe, expect, it } from '@jest/globals';
import { makeAllSafe, makeSafeAtExit } from '../../src/guard/process-exit.js';
import { makeGuard } from './make-guard.js';

describe('makeAllSafe', () => {
  it('makes every guard of the process safe', async () => {
    const benches = [makeGuard(), makeGuard()];
    const undos = benches.map(({ guard }) => makeSafeAtExit(guard));
    for (const { claim } of benches) (await claim(17)).turnOn();
    makeAllSafe();
    expect(benches.map(({ board }) => board.level(17))).toEqual([0, 0]);
    for (const undo of undos) undo();
  });

  it('listens to the exit of the process only as long as there is something to make safe', () => {
    const before = process.listenerCount('exit');
    const undos = [makeSafeAtExit(makeGuard().guard), makeSafeAtExit(makeGuard().guard)];
    expect(process.listenerCount('exit')).toBe(before + 1);
    for (const undo of undos) undo();
    expect(process.listenerCount('exit')).toBe(before);
  });

  it('leaves alone what was taken back', async () => {
    const { guard, board, claim } = makeGuard();
    const undo = makeSafeAtExit(guard);
    (await claim(17)).turnOn();
    undo();
    makeAllSafe();
    expect(board.level(17)).toBe(1);
  });
});
