import { describe, expect, it } from '@jest/globals';
import { callPace, type PacedCommand } from '../../src/reach/call-pace.js';

const none = { user: 0, channel: 0, everyone: 0, byRole: {} };

const command = (
  allow: PacedCommand['allow'],
  cooldown: Partial<PacedCommand['cooldown']> = {},
): PacedCommand => ({ allow, cooldown: { ...none, ...cooldown } });

describe('the pace of calls', () => {
  it('is that of all viewers together: the pause of one does not bind the others', () => {
    expect(callPace(command('everyone', { user: 60_000 }))).toEqual({ every: 0, byOne: 60_000 });
    expect(callPace(command('everyone', { user: 60_000, everyone: 5_000 }))).toEqual({
      every: 5_000,
      byOne: 60_000,
    });
  });

  it('is as many times faster as there are channels', () => {
    expect(callPace(command('everyone', { channel: 6_000 }), 3).every).toBe(2_000);
  });

  it('is the pause of one for the broadcaster alone', () => {
    const paces = callPace(command('broadcaster', { user: 60_000, everyone: 5_000 }));
    expect(paces).toEqual({ every: 60_000, byOne: undefined });
  });

  it('is none for a role whose members have pauses of their own', () => {
    const own = { everyone: 30_000, byRole: { subscriber: 10_000 } };
    expect(callPace(command('everyone', own))).toEqual({ every: 0, byOne: 30_000 });
    expect(callPace(command('broadcaster', own)).every).toBe(10_000);
  });

  it('counts those on a list, and the broadcaster', () => {
    const cooldown = { user: 60_000, everyone: 5_000 };
    expect(callPace(command(['vip', '@alice'], cooldown))).toEqual({
      every: 5_000,
      byOne: undefined,
    });
    expect(callPace(command([], cooldown)).every).toBe(60_000);
  });
});
