import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '@pertybot/core/testing';
import { Beats } from '../../src/protocol/beats.js';
import { newId, SeenIds } from '../../src/protocol/ids.js';
import { oldestBeat } from '../../src/protocol/times.js';
import { isId } from '../../src/protocol/topics.js';
import { idOf } from '../support/said.js';

const session = idOf('c');

describe('a beat that is quoted', () => {
  it('is fresh for two seconds by the clock of its node, to the millisecond', async () => {
    const clock = new ManualClock();
    const beats = new Beats(session, clock);
    const beat = beats.next();
    expect(beats.isFresh(beat)).toBe(true);
    await clock.advance(`${oldestBeat}ms`);
    expect(beats.isFresh(beat)).toBe(true);
    await clock.advance('1ms');
    expect(beats.isFresh(beat)).toBe(false);
  });

  it('is none of another life of the node, nor one that is yet to come', () => {
    const beats = new Beats(session, new ManualClock());
    const { n } = beats.next();
    expect(beats.isFresh({ session: idOf('d'), n })).toBe(false);
    expect(beats.isFresh({ session, n: n + 1 })).toBe(false);
    expect(beats.isFresh({ session, n: 0 })).toBe(false);
    expect(beats.isFresh({ session, n: Number.NaN })).toBe(false);
  });

  it('counts as late when its node beat so fast that it is forgotten', () => {
    const beats = new Beats(session, new ManualClock());
    const first = beats.next();
    for (let count = 0; count < 6; count++) beats.next();
    expect(beats.isFresh(first)).toBe(false);
  });

  it('is remembered without end of none, whatever time of day it is', async () => {
    const clock = new ManualClock();
    const beats = new Beats(session, clock);
    Object.defineProperty(clock, 'date', { value: () => new Date(0) });
    for (let count = 0; count < 10_000; count++) {
      const beat = beats.next();
      expect(beats.isFresh(beat)).toBe(true);
      await Promise.resolve();
    }
    expect(Object(beats).times.size).toBeLessThanOrEqual(6);
  });
});

describe('ids that came already', () => {
  it('are known for a minute, and new to nobody meanwhile', async () => {
    const clock = new ManualClock();
    const seen = new SeenIds(clock);
    expect([seen.take('a'), seen.take('a'), seen.take('b'), seen.take('a')]).toEqual([
      ...[true, false, true, false],
    ]);
    await clock.advance('59999ms');
    expect(seen.take('a')).toBe(false);
    await clock.advance('1ms');
    expect(seen.take('a')).toBe(true);
  });

  it('are ten thousand at most: who sends more has the oldest forgotten', () => {
    const seen = new SeenIds(new ManualClock());
    for (let count = 0; count < 30_000; count++) seen.take(String(count));
    expect(Object(seen).seen.size).toBeLessThanOrEqual(10_000);
    expect(seen.take('29999')).toBe(false);
    expect(seen.take('0')).toBe(true);
  });

  it('are made so that nobody has the same', () => {
    const made = Array.from({ length: 1_000 }, newId);
    expect(new Set(made).size).toBe(1_000);
    expect(made.every(isId)).toBe(true);
  });
});
