import { describe, expect, it } from '@jest/globals';
import { type PassOn, UserQueue } from '../../src/commands/user-queue.js';
import { ManualClock } from '../../src/testing/manual-clock.js';

const clock = new ManualClock();
const never = () => new Promise<void>(() => {});
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('UserQueue', () => {
  it('forgets a user whose tasks are done', async () => {
    const queue = new UserQueue(clock, { turns: 2, tasks: 2 });
    const tasks = [queue.run('a', async () => {}), queue.run('a', async () => {})];
    expect([queue.size, queue.run('a', async () => {})]).toEqual([1, undefined]);
    await Promise.all(tasks);
    expect(queue.size).toBe(0);
  });

  it('begins a task at once when the user has no other', () => {
    const queue = new UserQueue(clock, { turns: 1, tasks: 1 });
    let begun = false;
    void queue.run('a', async () => {
      begun = true;
    });
    expect(begun).toBe(true);
  });

  it('begins the next when a task has passed on its turn, in order', async () => {
    const queue = new UserQueue(clock, { turns: 3, tasks: 10 });
    const begun: string[] = [];
    const passOns: PassOn[] = [];
    for (const name of ['a', 'b', 'c']) {
      void queue.run('alice', (passOn) => {
        begun.push(name);
        passOns.push(passOn);
        return never();
      });
    }
    await settle();
    expect(begun).toEqual(['a']);
    passOns[0]?.();
    passOns[0]?.();
    await settle();
    expect(begun).toEqual(['a', 'b']);
    passOns[1]?.();
    await settle();
    expect(begun).toEqual(['a', 'b', 'c']);
  });

  it('tells a task for how long it had to wait', async () => {
    const queue = new UserQueue(clock);
    const waits: unknown[] = [];
    const run = () =>
      queue.run('alice', async (_, waited) => {
        waits.push(waited);
        await clock.advance(70);
      });
    await Promise.all([run(), run(), run()]);
    expect(waits).toEqual([undefined, 70, 140]);
  });

  it('bounds those that have passed on their turn and go on', () => {
    const queue = new UserQueue(clock, { turns: 5, tasks: 7 });
    const run = () =>
      queue.run('alice', (passOn) => {
        passOn();
        return never();
      });
    expect(Array.from({ length: 9 }, run).map((each) => each !== undefined)).toEqual([
      ...Array.from({ length: 7 }, () => true),
      false,
      false,
    ]);
    expect(queue.run('bob', async () => {})).toBeDefined();
  });

  it('lets the next begin after a task that failed', async () => {
    const queue = new UserQueue(clock, { turns: 2, tasks: 2 });
    const failed = queue.run('alice', async () => {
      await settle();
      throw new Error('loose wire');
    });
    let begun = false;
    const next = queue.run('alice', async () => {
      begun = true;
    });
    await expect(failed).rejects.toThrow('loose wire');
    await next;
    expect([begun, queue.size]).toEqual([true, 0]);
    const thrown = queue.run('alice', () => {
      throw new Error('no promise');
    });
    await expect(thrown).rejects.toThrow('no promise');
    expect(queue.size).toBe(0);
  });
});
