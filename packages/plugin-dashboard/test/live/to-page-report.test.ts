import { describe, expect, it } from '@jest/globals';
import { toPageReport } from '../../src/live/report-watch.js';
import { FakeControl } from '../fake-control.js';

const ballot = { policy: 'vote', closesIn: 4_000, voters: 1, choices: [{ line: 'on', votes: 1 }] };
const gadget = {
  name: 'lamp',
  type: 'light',
  state: 'off',
  busy: false,
  waiting: 0,
  pins: [],
  usage: '',
  verbs: [],
};
const output = { gadget: 'lamp', kind: 'light', pin: 'GPIO17', on: true, level: 1 as const };

describe('toPageReport', () => {
  const { current } = new FakeControl();
  const report = (left: number) => ({
    ...current,
    outputs: [{ ...output, onTimeLeft: left }],
    gadgets: [{ ...gadget, ballot: { ...ballot, closesIn: left } }],
  });

  it('tells when, not how long still, so that the next look finds the same', () => {
    const first = toPageReport(report(4_000), undefined, 1_000);
    expect(first.outputs[0]?.offAt).toBe(5_000);
    expect(first.gadgets[0]?.ballot).toMatchObject({ closesAt: 5_000, voters: 1 });
    expect(toPageReport(report(3_450), first, 1_500)).toEqual(first);
  });

  it('tells another time where it is another one', () => {
    const first = toPageReport(report(4_000), undefined, 1_000);
    const next = toPageReport(report(9_000), first, 1_500);
    expect([next.outputs[0]?.offAt, next.gadgets[0]?.ballot?.closesAt]).toEqual([10_500, 10_500]);
  });

  it('leaves alone what has no end', () => {
    const plain = { ...current, outputs: [output], gadgets: [gadget] };
    expect(toPageReport(plain, undefined, 0)).toEqual(plain);
  });
});
