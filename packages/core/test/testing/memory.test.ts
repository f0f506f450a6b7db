import { describe, expect, it } from '@jest/globals';
import { makeRedemption } from '../../src/testing/channel-events.js';
import { FakeChat, makeMessage, makeUser } from '../../src/testing/fake-chat.js';
import { MemoryLogger, MemoryStore } from '../../src/testing/memory.js';

describe('MemoryStore', () => {
  it('does what the store of a bot does', async () => {
    const store = new MemoryStore();
    expect([await store.get('a'), await store.keys()]).toEqual([undefined, []]);
    await store.set('a', { list: [1] });
    expect(await store.update('b', (before) => [before ?? null])).toEqual([null]);
    expect(await store.keys()).toEqual(['a', 'b']);
    expect([await store.delete('a'), await store.delete('a')]).toEqual([true, false]);
  });

  it('hands out copies, and keeps copies', async () => {
    const store = new MemoryStore();
    const value = { list: [1] };
    await store.set('a', value);
    value.list.push(2);
    const got = (await store.get('a')) as typeof value;
    got.list.push(3);
    expect(await store.get('a')).toEqual({ list: [1] });
  });
});

describe('MemoryLogger', () => {
  it('keeps each line with its level and fields, of its children too', () => {
    const log = new MemoryLogger();
    log.debug('a');
    log.info('b', { x: 1 });
    const child = log.child({ plugin: 'gpio', x: 2 });
    child.warn('c');
    child.child({ y: 3 }).error('d', { x: 4 });
    expect(log.lines).toEqual([
      { level: 'debug', message: 'a', fields: {} },
      { level: 'info', message: 'b', fields: { x: 1 } },
      { level: 'warn', message: 'c', fields: { plugin: 'gpio', x: 2 } },
      { level: 'error', message: 'd', fields: { plugin: 'gpio', x: 4, y: 3 } },
    ]);
  });
});

describe('what viewers say in a test', () => {
  it('comes from a viewer like those of Twitch', () => {
    expect(makeUser()).toEqual({
      ...{ id: 'id-viewer', login: 'viewer', displayName: 'viewer', roles: ['everyone'] },
      ...{ badges: {}, monthsSubscribed: 0 },
    });
    expect(
      makeUser({ as: 'Alice', roles: ['moderator', 'subscriber'], userId: '7' }),
    ).toMatchObject({
      ...{ id: '7', login: 'alice', displayName: 'Alice', monthsSubscribed: 1 },
      ...{ roles: ['everyone', 'subscriber', 'moderator'], badges: { moderator: '1' } },
    });
  });

  it('has an id of its own each time, unless the test says one', () => {
    const ids = new Set(Array.from({ length: 100 }, () => makeMessage('hi').id));
    expect(ids.size).toBe(100);
    expect(makeMessage('hi', { id: 'mine' }).id).toBe('mine');
    const [first, second] = [makeRedemption('Lamp'), makeRedemption('Lamp')];
    expect(first.id).not.toBe(second.id);
  });

  it('may be late, cheer, or answer something', () => {
    const plain = makeMessage('hi');
    expect(['age' in plain, plain.bits, plain.replyTo]).toEqual([false, 0, undefined]);
    expect(makeMessage('hi', { age: 5, bits: 9, channel: 'two' })).toMatchObject({
      ...{ age: 5, bits: 9, channel: 'two', roomId: 'room-two' },
    });
  });
});

describe('FakeChat', () => {
  it('keeps what it is given, and tells the bot of it', async () => {
    const chat = new FakeChat();
    const told: unknown[] = [];
    // Of an inbox only this is asked for.
    chat.inbox = { emit: (event: string, data: object) => told.push({ event, ...data }) } as never;
    const message = makeMessage('!hi', { channel: 'two' });
    await chat.say('one');
    await chat.say('two', { channel: 'three' });
    await chat.reply(message, 'four');
    await chat.action('five');
    expect(chat.said).toEqual(['one', 'two', 'four', '/me five']);
    const delivery = { status: 'written' };
    expect(told).toEqual([
      { event: 'reply', channel: 'test', text: 'one', delivery },
      { event: 'reply', channel: 'three', text: 'two', delivery },
      { event: 'reply', channel: 'two', text: 'four', delivery, replyTo: message.id },
      { event: 'reply', channel: 'test', text: '/me five', delivery },
    ]);
  });
});
