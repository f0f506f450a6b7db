import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '@pertybot/core/testing';
import { LoginStates } from '../src/login-states.js';

describe('LoginStates', () => {
  it('takes each state once', () => {
    const states = new LoginStates(new ManualClock());
    const state = states.issue();
    expect(states.take(state)).toBe(true);
    expect(states.take(state)).toBe(false);
  });

  it('takes nothing that it did not issue', () => {
    const states = new LoginStates(new ManualClock());
    const state = states.issue();
    for (const wrong of [
      '',
      'x',
      state.slice(1),
      `${state}x`,
      state.toUpperCase(),
      'é'.repeat(43),
    ]) {
      expect(states.take(wrong)).toBe(false);
    }
    expect(states.take(state)).toBe(true);
  });

  it('issues states that nobody can guess', () => {
    const states = new LoginStates(new ManualClock());
    expect(states.issue()).toMatch(/^[\w-]{43}$/);
    expect(states.issue()).not.toBe(states.issue());
  });

  it('forgets a state after half an hour', async () => {
    const clock = new ManualClock();
    const states = new LoginStates(clock);
    const state = states.issue();
    await clock.advance('30m');
    expect(states.take(state)).toBe(false);
  });

  it('keeps the latest few', () => {
    const states = new LoginStates(new ManualClock());
    const first = states.issue();
    const others = Array.from({ length: 32 }, () => states.issue());
    expect(states.take(first)).toBe(false);
    expect(others.every((state) => states.take(state))).toBe(true);
  });
});
