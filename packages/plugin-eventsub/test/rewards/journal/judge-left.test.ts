import { describe, expect, it } from '@jest/globals';
import type { TakeoverNote } from '@pertybot/core/host';
import type { JournalState } from '../../../src/rewards/journal/journal-entry.js';
import { judgeLeft } from '../../../src/rewards/journal/judge-left.js';

const entry = (state: JournalState, at = 100, boot = 'b1') => ({
  ...{ id: 'a', rewardId: 'r1', channel: 'alice', user: 'Bob', title: 'Confetti' },
  ...{ state, at, boot },
});

const note = (more: Partial<TakeoverNote> = {}): TakeoverNote => ({
  ...{ boot: 'b1', began: 10, ended: 101 },
  outputs: [{ name: 'GPIO17', safe: true, lastOn: 50 }],
  ...more,
});

const pin = (more: Partial<TakeoverNote['outputs'][number]>) => ({
  outputs: [
    { name: 'GPIO17', safe: true, lastOn: undefined },
    { ...{ name: 'GPIO27', safe: true, lastOn: undefined }, ...more },
  ],
});

describe('what becomes of a redemption that a kill left open', () => {
  const judge = (notes: readonly TakeoverNote[], state: JournalState = 'intent') =>
    judgeLeft(entry(state), notes).status;

  it('keeps the points of what had moved, whatever a guardian says', () => {
    expect(judge([note()], 'moved')).toBe('FULFILLED');
  });

  it('gives back what was to be given back', () => {
    expect(judge([], 'refund')).toBe('CANCELED');
  });

  it('counts what was about to move as moved', () => {
    expect(judge([])).toBe('FULFILLED');
  });

  it('gives back what a guardian saw stay at its safe level', () => {
    expect(judge([note()])).toBe('CANCELED');
    expect(judge([note(), note({ began: 99.9 })])).toBe('CANCELED');
  });

  it.each([
    ['a pin was not at its safe level', note(pin({ safe: false }))],
    ['a pin was switched on since', note(pin({ lastOn: 100.2 }))],
    ['a pin was switched on just before', note(pin({ lastOn: 99.5 }))],
    ['the guardian began to watch only then', note({ began: 99.8 })],
    ['the guardian had gone before', note({ ended: 98 })],
    ['it was another start of the machine', note({ boot: 'b2' })],
  ])('counts it as moved where %s', (_, seen) => {
    expect(judge([seen])).toBe('FULFILLED');
  });

  it('believes the guardian that saw more', () => {
    expect(judge([note(), note({ began: 99.9, ...pin({ safe: false }) })])).toBe('FULFILLED');
  });

  it('believes no guardian where the system does not tell one start from another', () => {
    expect(judgeLeft(entry('intent', 100, ''), [note({ boot: '' })]).status).toBe('FULFILLED');
  });
});
