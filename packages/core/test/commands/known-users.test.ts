import { describe, expect, it } from '@jest/globals';
import { StoredKnownUsers } from '../../src/commands/allow.js';
import { makeUser } from '../../src/testing/fake-chat.js';
import { MemoryLogger, MemoryStore } from '../../src/testing/memory.js';

describe('StoredKnownUsers', () => {
  it('keeps the id that first came under a login, across restarts', async () => {
    const store = new MemoryStore();
    const first = new StoredKnownUsers(store, new MemoryLogger());
    await first.load();
    expect(first.is('alice', makeUser({ as: 'Bob' }))).toBe(false);
    expect(first.is('alice', makeUser({ as: 'Alice', userId: '1' }))).toBe(true);
    const second = new StoredKnownUsers(store, new MemoryLogger());
    await second.load();
    expect(second.is('alice', makeUser({ as: 'Renamed', userId: '1' }))).toBe(true);
    expect(second.is('alice', makeUser({ as: 'Alice', userId: '2' }))).toBe(false);
  });

  it('lets the user in although the id cannot be stored, and says so', async () => {
    const store = new MemoryStore();
    store.set = () => Promise.reject(new Error('disk full'));
    const logger = new MemoryLogger();
    const known = new StoredKnownUsers(store, logger);
    await known.load();
    expect(known.is('alice', makeUser({ as: 'Alice' }))).toBe(true);
    await Promise.resolve();
    expect(logger.lines.map(({ message }) => message)).toEqual([
      'The id of "alice" could not be stored.',
    ]);
  });
});
