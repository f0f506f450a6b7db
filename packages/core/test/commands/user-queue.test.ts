import { describe, expect, it } from '@jest/globals';
import { UserQueue } from '../../src/commands/user-queue.js';

describe('UserQueue', () => {
  it('forgets a user whose tasks are done', async () => {
    const queue = new UserQueue(2);
    const tasks = [queue.run('a', async () => {}), queue.run('a', async () => {})];
    expect([queue.size, queue.run('a', async () => {})]).toEqual([1, undefined]);
    await Promise.all(tasks);
    expect(queue.size).toBe(0);
  });

  it('begins a task at once when the user has no other', () => {
    const queue = new UserQueue(1);
    let begun = false;
    void queue.run('a', async () => {
      begun = true;
    });
    expect(begun).toBe(true);
  });
});
