import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '@pertybot/core/testing';
import { LoginStates } from '../../src/login/login-states.js';

describe('LoginStates', () => {
  it('takes each state once', () => {
    const states = new LoginStates(new ManualClock());
    const state = states.issue();
    expect(states.take(state)).toBe('new');
    expect(states.take(state)).toBe('used');
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
      expect(states.take(wrong)).toBe('unknown');
    }
    expect(states.take(state)).toBe('new');
  });

  it('issues states that nobody can guess', () => {
    const states = new LoginStates(new ManualClock());
    expect(states.issue()).toMatch(/^[\w-]{72}$/);
    expect(states.issue()).not.toBe(states.issue());
    expect(new LoginStates(new ManualClock()).take(states.issue())).toBe('unknown');
  });

  it('forgets a state after half an hour', async () => {
    const clock = new ManualClock();
    const states = new LoginStates(clock);
    const state = states.issue();
    await clock.advance('30m');
    expect(states.take(state)).toBe('unknown');
  });

  it('takes the first of ten thousand', () => {
    const states = new LoginStates(new ManualClock());
    const first = states.issue();
    for (let tab = 0; tab < 10_000; tab += 1) states.issue();
    expect(states.take(first)).toBe('new');
    expect(states.take(first)).toBe('used');
  });

  it('takes no state whose expiry was put off, or whose bits were changed', async () => {
    const clock = new ManualClock();
    const states = new LoginStates(clock);
    const state = Buffer.from(states.issue(), 'base64url');
    for (let index = 0; index < state.length; index += 1) {
      const forged = Buffer.from(state);
      forged.writeUInt8(state.readUInt8(index) ^ 1, index);
      expect(states.take(forged.toString('base64url'))).toBe('unknown');
    }
  });

  it('remembers the latest thousand that were used', () => {
    const states = new LoginStates(new ManualClock());
    const used = Array.from({ length: 1_000 }, () => states.issue());
    for (const state of used) states.take(state);
    expect(used.every((state) => states.take(state) === 'used')).toBe(true);
  });
});
