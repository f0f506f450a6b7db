import { describe, expect, it } from '@jest/globals';
import { Counts } from '../../src/live/counts.js';
import { Feed } from '../../src/live/feed.js';
import { toFeedEvent } from '../../src/live/to-feed-event.js';

const reply = { channel: 'c', text: 'hi', delivery: { status: 'written' } };

describe('Feed', () => {
  it('remembers the last 500 events, and tells what came after one', () => {
    const feed = new Feed(() => 7);
    expect(feed.after(0)).toEqual([]);
    for (let count = 0; count < 600; count++) feed.hear({ name: 'reply', data: reply });
    expect([feed.oldest, feed.newest]).toEqual([101, 600]);
    expect(feed.after(598).map(({ number }) => number)).toEqual([599, 600]);
    expect(feed.after(3)).toHaveLength(500);
    expect(feed.after(600)).toEqual([]);
  });

  it('puts a line of chat into words only when somebody looks', () => {
    let reads = 0;
    const data = {
      ...reply,
      get text() {
        reads += 1;
        return 'hi';
      },
    };
    const feed = new Feed(() => 0);
    feed.hear({ name: 'reply', data });
    expect(reads).toBe(0);
    feed.after(0);
    feed.after(0);
    expect(reads).toBe(1);
  });
});

describe('toFeedEvent', () => {
  const user = {
    login: 'alice',
    displayName: 'Alice',
    roles: ['everyone', 'vip'],
    badges: {},
    id: '1',
  };

  it('tells an event that it never heard of, with what is told of it', () => {
    const data = {
      channel: 'c',
      user,
      bits: 100,
      reward: { title: 'Lamp', cost: 5 },
      deep: { a: {} },
    };
    expect(toFeedEvent({ name: 'redeem', data })).toEqual({
      type: 'event',
      name: 'redeem',
      user: { login: 'alice', name: 'Alice', roles: ['vip'], badges: {} },
      facts: { bits: 100, reward: 'Lamp' },
    });
    expect(toFeedEvent({ name: 'odd', data: undefined })).toEqual({
      type: 'event',
      name: 'odd',
      facts: {},
    });
  });

  it('tells why a plugin failed', () => {
    const state = { name: 'failed', error: new Error('no pin') };
    expect(toFeedEvent({ name: 'plugin', data: { plugin: 'gpio', state } })).toEqual({
      type: 'plugin',
      plugin: 'gpio',
      state: 'failed',
      detail: 'no pin',
    });
  });
});

describe('Counts', () => {
  it('counts, and adds up how long a pin was on', () => {
    let now = 0;
    const counts = new Counts(() => now);
    counts.hear({ name: 'message', data: {} });
    counts.hear({ name: 'refusal', data: { reason: 'role' } });
    counts.hear({ name: 'pin', data: { pin: 'GPIO17', on: true } });
    now = 2_000;
    counts.hear({ name: 'pin', data: { pin: 'GPIO17', on: false } });
    now = 9_000;
    expect(counts.messages).toBe(1);
    expect(counts.refusals.get('role')).toBe(1);
    expect(counts.timeOn.get('GPIO17')).toBe(2);
  });

  it('takes no more reasons than it can hold', () => {
    const counts = new Counts(() => 0);
    for (let count = 0; count < 5_000; count++) {
      counts.hear({ name: 'refusal', data: { reason: `r${count}` } });
    }
    expect(counts.refusals.size).toBeLessThanOrEqual(101);
  });
});
