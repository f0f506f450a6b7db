import { describe, expect, it } from '@jest/globals';
import { appended, changed, nothingYet } from '../../../src/page/live/live-state.js';

describe('appended', () => {
  it('keeps the newest, and no more than allowed', () => {
    expect(appended([1, 2, 3], [4, 5], 4)).toEqual([2, 3, 4, 5]);
    expect(appended([], [1], 4)).toEqual([1]);
    expect(appended([1], [], 4)).toEqual([1]);
  });
});

describe('changed', () => {
  it('takes over what is new, and forgets what is gone', () => {
    const stopped = changed(nothingYet.report, { state: 'ready', estop: 'alice' });
    expect(stopped).toMatchObject({ state: 'ready', estop: 'alice', prefix: '!' });
    // A key that is gone is told as null.
    const released = changed(stopped, JSON.parse('{"estop":null}'));
    expect(released).not.toHaveProperty('estop');
    expect(released.state).toBe('ready');
  });
});
