import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '@pertybot/core/testing';
import { WakeableRest } from '../../src/keeper/keeper-loop.js';

describe('WakeableRest', () => {
  const { signal } = new AbortController();

  it('rests for the time that it is given, an hour at most', async () => {
    const clock = new ManualClock();
    const rest = new WakeableRest(clock).until(Number.POSITIVE_INFINITY, signal);
    await clock.advance('59m');
    expect(clock.pending).toBe(1);
    await clock.advance('1m');
    await rest;
  });

  it('ends when it is woken, and leaves no timer behind', async () => {
    const clock = new ManualClock();
    const wakeable = new WakeableRest(clock);
    const rest = wakeable.until(1_000, signal);
    wakeable.wake();
    await rest;
    expect(clock.pending).toBe(0);
  });

  it('does not begin when it was woken before', async () => {
    const clock = new ManualClock();
    const wakeable = new WakeableRest(clock);
    wakeable.wake();
    await wakeable.until(1_000, signal);
    const next = wakeable.until(1_000, signal);
    await clock.advance('1s');
    await next;
  });

  it('ends when the signal fires', async () => {
    const ended = new AbortController();
    const rest = new WakeableRest(new ManualClock()).until(1_000, ended.signal);
    ended.abort();
    await rest;
  });

  it('needs no clock to rest for nothing', async () => {
    const clock = new ManualClock();
    await new WakeableRest(clock).until(0, signal);
    expect(clock.pending).toBe(0);
  });
});
