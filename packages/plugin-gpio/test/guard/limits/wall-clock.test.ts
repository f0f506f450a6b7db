import { describe, expect, it } from '@jest/globals';
import { ManualClock, MemoryLogger } from '@pertybot/core/testing';
import { SyncedWallClock } from '../../../src/guard/limits/wall-clock.js';

describe('SyncedWallClock', () => {
  it('knows no time before it has looked', async () => {
    const clock = new ManualClock();
    const probe = { isSynchronised: async () => true };
    const wallClock = new SyncedWallClock(clock, probe, new MemoryLogger());
    expect(wallClock.date()).toBeUndefined();
    await wallClock.look();
    expect(wallClock.date()).toEqual(clock.date());
  });

  it('looks again until the clock is synchronised', async () => {
    const clock = new ManualClock();
    const answers = [false, false, true];
    const log = new MemoryLogger();
    const probe = { isSynchronised: async () => answers.shift() ?? true };
    const wallClock = new SyncedWallClock(clock, probe, log);
    await wallClock.look();
    await clock.advance('59s');
    expect(wallClock.date()).toBeUndefined();
    await clock.advance('1s');
    expect(wallClock.date()).toBeDefined();
    expect(log.lines.map(({ message }) => message)).toEqual([
      'The clock is not synchronised: outputs with quiet hours stay off until it is.',
      'The clock is synchronised: quiet hours hold.',
    ]);
  });

  it('looks no longer once it is stopped', async () => {
    const clock = new ManualClock();
    const probe = { isSynchronised: async () => false };
    const wallClock = new SyncedWallClock(clock, probe, new MemoryLogger());
    await wallClock.look();
    wallClock.stop();
    expect(clock.pending).toBe(0);
  });
});
