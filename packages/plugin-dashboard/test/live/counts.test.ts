import { describe, expect, it } from '@jest/globals';
import { Counts } from '../../src/live/counts.js';
import { LastHour } from '../../src/live/last-hour.js';
import { toCause } from '../../src/live/to-cause.js';

const minute = 60_000;
const pin = (on: boolean, parts: object = {}) => ({
  name: 'pin',
  data: { gadget: 'lamp', pin: 'GPIO17', on, ...parts },
});
const count = (counts: Counts, name: string, times: number, data: unknown = {}) => {
  for (let time = 0; time < times; time++) counts.hear({ name, data });
};

describe('what is counted since the page began', () => {
  it('is each thing by itself', () => {
    const counts = new Counts(() => 0);
    count(counts, 'message', 5);
    count(counts, 'reply', 4);
    count(counts, 'command', 3);
    count(counts, 'fault', 2);
    count(counts, 'refusal', 1, { reason: 'role' });
    count(counts, 'raid', 9);
    const { messages, replies, commands, faults } = counts;
    expect({ messages, replies, commands, faults }).toEqual({
      messages: 5,
      replies: 4,
      commands: 3,
      faults: 2,
    });
    expect([...counts.refusals]).toEqual([['role', 1]]);
  });

  it.each([undefined, null, 7, 'role', [], {}, { reason: 7 }, { pin: 7, on: true }])(
    'outlives an event that is told %j',
    (data) => {
      const counts = new Counts(() => 0);
      for (const name of ['message', 'refusal', 'pin', 'command', 'fault', 'nothing']) {
        counts.hear({ name, data });
      }
      expect([...counts.refusals.values()]).toEqual([1]);
    },
  );

  it('counts the rest as other where there are too many reasons, and those it knows as before', () => {
    const counts = new Counts(() => 0);
    for (let reason = 0; reason < 100; reason++) {
      counts.hear({ name: 'refusal', data: { reason: `r${reason}` } });
    }
    count(counts, 'refusal', 7, { reason: 'one more' });
    count(counts, 'refusal', 2, { reason: 'r99' });
    expect(counts.refusals.get('other')).toBe(7);
    expect(counts.refusals.get('r99')).toBe(3);
    expect(counts.refusals.has('one more')).toBe(false);
  });

  it('adds up the time on, counts on while it is on, and once however often it is told', () => {
    let now = 0;
    const counts = new Counts(() => now);
    counts.hear(pin(true));
    now = 1_000;
    counts.hear(pin(true));
    now = 3_000;
    expect(counts.timeOn.get('GPIO17')).toBe(3);
    counts.hear(pin(false));
    counts.hear(pin(false));
    now = 10_000;
    expect(counts.timeOn.get('GPIO17')).toBe(3);
    counts.hear(pin(true));
    now = 10_500;
    expect(counts.timeOn.get('GPIO17')).toBe(3.5);
    expect(counts.timeOn.get('GPIO4')).toBeUndefined();
  });

  it('knows 200 outputs at most, and those it knows as before', () => {
    let now = 0;
    const counts = new Counts(() => now);
    for (let number = 0; number < 300; number++) counts.hear(pin(true, { pin: `P${number}` }));
    now = 2_000;
    for (let number = 0; number < 300; number++) counts.hear(pin(false, { pin: `P${number}` }));
    expect(counts.timeOn.size).toBe(200);
    expect(counts.timeOn.get('P0')).toBe(2);
  });
});

describe('the last hour', () => {
  /** A small generator of good spread (mulberry32). */
  function randomOf(seed: number): () => number {
    let state = seed;
    return () => {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
    };
  }

  it.each([1, 2, 3, 4, 5])('is what a list of all that came says, by the dice of %i', (seed) => {
    const random = randomOf(seed);
    let now = Math.floor(random() * 1e9);
    const hour = new LastHour(() => now);
    const came: number[] = [];
    for (let turn = 0; turn < 400; turn++) {
      now += random() < 0.05 ? random() * 90 * minute : random() * 40_000;
      hour.hear({ name: 'message', data: {} });
      came.push(Math.floor(now / minute));
      if (random() < 0.9) continue;
      const at = Math.floor(now / minute);
      const expected = Array.from({ length: 60 }, (_, index) => {
        return came.filter((one) => one === at - 59 + index).length;
      });
      expect(hour.report.messages).toEqual(expected);
    }
  });

  it.each([6, 7, 8])('has the time on of each minute as it was, by the dice of %i', (seed) => {
    const random = randomOf(seed);
    let now = Math.floor(random() * 1e7);
    const hour = new LastHour(() => now);
    const on: [from: number, until: number][] = [];
    for (let turn = 0; turn < 60; turn++) {
      const from = now;
      hour.hear(pin(true));
      now += random() * 3 * minute;
      hour.hear(pin(false));
      on.push([from, now]);
      now += random() * minute;
    }
    const at = Math.floor(now / minute);
    const seconds = hour.report.timeOn[0]?.seconds ?? [];
    for (const [index, value] of seconds.entries()) {
      const begin = (at - 59 + index) * minute;
      const parts = on.map(([from, until]) => {
        return Math.max(0, Math.min(until, begin + minute) - Math.max(from, begin));
      });
      const whole = parts.reduce((sum, part) => sum + part, 0) / 1_000;
      expect(Math.abs(value - whole)).toBeLessThan(0.06);
    }
  });

  it('is empty, and an hour long, before anything came', () => {
    const { messages, commands, refusals, timeOn } = new LastHour(() => 123_456_789).report;
    for (const list of [messages, commands, refusals]) expect(list).toEqual(Array(60).fill(0));
    expect(timeOn).toEqual([]);
  });

  it('passes over what is not counted', () => {
    const hour = new LastHour(() => 0);
    for (const name of ['reply', 'raid', 'fault', '']) hour.hear({ name, data: {} });
    const { messages, commands, refusals } = hour.report;
    expect([...messages, ...commands, ...refusals].every((value) => value === 0)).toBe(true);
  });
});

describe('who or what is behind something', () => {
  it.each([
    [
      { plugin: 'gpio', where: 'command lamp', user: 'alice', messageId: 'm' },
      { by: 'alice', messageId: 'm' },
    ],
    [{ plugin: 'gpio', where: 'guard: maxOn' }, { by: 'the guard (maxOn)' }],
    [{ plugin: 'gpio', where: 'guard: maxOn', user: 'alice' }, { by: 'the guard (maxOn)' }],
    [
      { plugin: 'gpio', where: 'listener raid' },
      { by: 'raid', event: 'raid' },
    ],
    [{ plugin: 'gpio', where: 'input bell' }, { by: 'bell' }],
    [{ plugin: '', where: 'terminal' }, { by: 'the owner' }],
    [{ plugin: 'gpio', where: 'timer' }, { by: 'a timer' }],
    [
      { plugin: 'gpio', where: 'reward lamp', user: 'bob', reward: 'lamp' },
      { by: 'bob', reward: 'lamp' },
    ],
    [{ plugin: 'gpio', where: 'start' }, undefined],
    [{ plugin: 'gpio', where: '' }, undefined],
    [{ plugin: 'gpio', where: 'start', messageId: 'm' }, { messageId: 'm' }],
  ])('is told of %j as %j', (attribution, cause) => {
    expect(toCause(attribution)).toEqual(cause);
  });
});
