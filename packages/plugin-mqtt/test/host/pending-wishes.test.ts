import { beforeEach, describe, expect, it } from '@jest/globals';
import { isRefusal, refuse } from '@pertybot/core';
import { ManualClock } from '@pertybot/core/testing';
import { type Fulfilled, PendingWishes } from '../../src/host/pending-wishes.js';
import { answerLimit } from '../../src/protocol/times.js';
import { idOf } from '../support/said.js';

const away = refuse('mqtt.away', { text: 'garage is not there.' });
const wish = idOf('1');

let clock: ManualClock;
let pending: PendingWishes;
beforeEach(() => {
  clock = new ManualClock();
  pending = new PendingWishes(clock, () => away);
});

/** What a promise has come to, now. */
async function now<Value>(promise: Promise<Value>): Promise<Value | 'open'> {
  await clock.advance('0ms');
  return Promise.race([promise, Promise.resolve('open' as const)]);
}

/** A wish that was answered with "moved". */
async function moved(isPaid = false): Promise<Fulfilled> {
  const waiting = pending.wait(wish, isPaid);
  pending.take({ is: 'moved', wish, text: 'lamp is on', place: 2, lasts: 5_000 });
  const answered = await waiting;
  if (answered === undefined || isRefusal(answered)) throw new Error('It was not done.');
  return answered;
}

describe('a wish that is under way', () => {
  it('is open until its answer, which is what the node said', async () => {
    const waiting = pending.wait(wish, false);
    expect([pending.areOpen, await now(waiting)]).toEqual([true, 'open']);
    await clock.advance('40ms');
    pending.take({ is: 'refused', wish, refusal: { reason: 'pin.busy', text: 'lamp is busy' } });
    expect(await waiting).toMatchObject({ reason: 'pin.busy', text: 'lamp is busy' });
    expect([pending.areOpen, pending.roundTrip, clock.pending]).toEqual([false, 40, 0]);
  });

  it('has no answer after a second, and none that comes later', async () => {
    const waiting = pending.wait(wish, false);
    await clock.advance(`${answerLimit}ms`);
    expect(await waiting).toBeUndefined();
    pending.take({ is: 'moved', wish, text: 'late' });
    expect([pending.areOpen, pending.roundTrip]).toEqual([false, undefined]);
  });

  it('is told with its place and its time, and when it has ended', async () => {
    const answered = await moved();
    expect(answered).toMatchObject({ text: 'lamp is on', place: 2, lasts: 5_000 });
    expect(await now(answered.done)).toBe('open');
    pending.take({ is: 'done', wish });
    expect(await now(answered.done)).toBeUndefined();
  });

  it('takes one answer of many', async () => {
    const answered = await moved();
    for (let times = 0; times < 100; times++) {
      pending.take({ is: 'moved', wish, text: 'again' });
      pending.take({ is: 'refused', wish, refusal: { reason: 'x', text: 'x' } });
    }
    expect(answered.text).toBe('lamp is on');
    expect(await now(answered.done)).toBe('open');
  });

  it('is none that nobody has wished', () => {
    pending.take({ is: 'moved', wish: idOf('9'), text: 'x' });
    pending.take({ is: 'done', wish: idOf('9') });
    pending.take({ is: 'judged', wish: idOf('9') });
    expect(pending.areOpen).toBe(false);
  });
});

describe('a wish that was paid for', () => {
  it('is judged when its node says so, whether it has ended before or not', async () => {
    const first = await moved(true);
    pending.take({ is: 'done', wish });
    expect(await now(first.judged)).toBe('open');
    pending.take({ is: 'judged', wish });
    expect(await now(first.judged)).toBeUndefined();
    const second = await moved(true);
    pending.take({ is: 'judged', wish, refusal: { reason: 'pin.already', text: 'is on' } });
    expect(await now(second.judged)).toMatchObject({ reason: 'pin.already' });
  });

  it('is forgotten once it has ended and is judged, whichever comes first', async () => {
    for (const order of [
      ['done', 'judged'],
      ['judged', 'done'],
    ] as const) {
      await moved(true);
      for (const is of order) pending.take({ is, wish });
      expect(pending.size).toBe(0);
    }
  });

  it('has not moved when its node is lost before that is known', async () => {
    const answered = await moved(true);
    pending.lose();
    expect(await answered.judged).toBe(away);
    expect(await now(answered.done)).toBeUndefined();
  });

  it('has not moved when it is refused', async () => {
    const waiting = pending.wait(wish, true);
    pending.take({ is: 'refused', wish, refusal: { reason: 'pin.busy', text: 'x' } });
    expect(isRefusal(await waiting)).toBe(true);
  });
});

describe('a node that is lost', () => {
  it('leaves no wish open, of ten thousand either', async () => {
    const all = Array.from({ length: 10_000 }, (_, n) => pending.wait(String(n), n % 2 === 0));
    pending.lose();
    expect(new Set(await Promise.all(all))).toEqual(new Set([undefined]));
    expect([pending.areOpen, clock.pending]).toEqual([false, 0]);
  });
});
