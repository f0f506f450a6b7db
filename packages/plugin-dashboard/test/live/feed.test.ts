import { describe, expect, it } from '@jest/globals';
import { makeMessage } from '@pertybot/core/testing';
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

  it('puts the event that took over a place into words of its own', () => {
    const feed = new Feed(() => 0);
    for (let count = 0; count < 501; count++) {
      feed.hear({ name: 'reply', data: { ...reply, text: `${count}` } });
      if (count === 0) expect(feed.after(0)).toMatchObject([{ text: '0', number: 1 }]);
    }
    expect(feed.after(500)).toMatchObject([{ text: '500', number: 501 }]);
  });

  it('tells of bits apart from their line, before it and between the numbers', () => {
    const feed = new Feed(() => 0);
    const message = makeMessage('cheer100 hi', { as: 'Alice', bits: 100 });
    feed.hear({ name: 'message', data: message });
    feed.hear({ name: 'message', data: makeMessage('no bits') });
    const told = feed.after(0);
    expect(told).toMatchObject([
      { type: 'event', name: 'cheer', number: 0.5, user: { login: 'alice' } },
      { type: 'message', number: 1, bits: 100 },
      { type: 'message', number: 2, bits: 0 },
    ]);
    expect(told[0]).toMatchObject({ facts: { bits: 100, message: 'cheer100 hi' } });
    expect(feed.newest).toBe(2);
    expect(feed.after(1)).toHaveLength(1);
  });

  it('tells of bits once, where somebody had them told', () => {
    const feed = new Feed(() => 0);
    const message = makeMessage('cheer100', { as: 'Alice', bits: 100 });
    const { channel, user, bits } = message;
    feed.hear({ name: 'cheer', data: { channel, user, bits, message } });
    feed.hear({ name: 'message', data: message });
    feed.hear({ name: 'cheer', data: undefined });
    expect(feed.after(0).map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  it('tells of a reward apart from its line, where chat alone brings it', () => {
    const message = { ...makeMessage('pink', { as: 'Alice', customRewardId: 'a-b-c' }) };
    const feed = new Feed(() => 0);
    feed.hear({ name: 'message', data: message });
    const told = feed.after(0);
    expect(told).toMatchObject([
      { type: 'event', name: 'redeem', number: 0.5, user: { login: 'alice' } },
      { type: 'message', number: 1, forReward: true },
    ]);
    expect(told[0]).toMatchObject({ facts: { rewardId: 'a-b-c', text: 'pink' } });
  });

  it('tells of a reward once, where somebody had it told, or EventSub brings those of the channel', () => {
    const message = makeMessage('pink', { as: 'Alice', customRewardId: 'a-b-c' });
    const { channel, user, text } = message;
    const feed = new Feed(() => 0);
    feed.hear({ name: 'redeem', data: { channel, user, rewardId: 'a-b-c', text, message } });
    feed.hear({ name: 'message', data: message });
    expect(feed.after(0).map(({ number }) => number)).toEqual([1, 2]);
    const asked: string[] = [];
    const brought = new Feed(
      () => 0,
      (of) => asked.push(of) > 0,
    );
    brought.hear({ name: 'message', data: message });
    expect(brought.after(0).map(({ type }) => type)).toEqual(['message']);
    expect(asked).toEqual([channel]);
  });

  it('leaves out older lines where few are wanted, and nothing else', () => {
    const feed = new Feed(() => 0);
    feed.hear({ name: 'reply', data: reply });
    for (let count = 0; count < 100; count++)
      feed.hear({ name: 'message', data: makeMessage('x') });
    expect(feed.after(0, 10).map(({ type }) => type)).toEqual([
      'reply',
      ...Array(10).fill('message'),
    ]);
    expect(feed.after(0)).toHaveLength(101);
  });

  it('tells who waits for the next event of that one, and of no other', () => {
    const feed = new Feed(() => 0);
    let heard = 0;
    const wait = () =>
      feed.onNext(() => {
        heard += 1;
      });
    wait();
    feed.hear({ name: 'reply', data: reply });
    feed.hear({ name: 'reply', data: reply });
    expect(heard).toBe(1);
    const undo = wait();
    wait();
    undo();
    feed.hear({ name: 'reply', data: reply });
    expect(heard).toBe(2);
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

  it('tells where emotes stand, and that a reward was redeemed with a line', () => {
    const emotes = [{ id: '25', start: 3, end: 8 }];
    const data = { ...makeMessage('hi Kappa'), emotes, customRewardId: 'r' };
    expect(toFeedEvent({ name: 'message', data })).toMatchObject({
      emotes: [[3, 8]],
      forReward: true,
    });
    const plain = toFeedEvent({ name: 'message', data: makeMessage('hi') });
    expect(plain).not.toHaveProperty('emotes');
    expect(plain).not.toHaveProperty('forReward');
  });

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

  it('tells what was paid for, and what came of an event', () => {
    const redemption = { id: 'r', reward: 'lamp', title: 'Lamp', cost: 5, secret: 'no' };
    const refused = { reason: 'estop', command: 'lamp', user, messageId: '', redemption };
    expect(toFeedEvent({ name: 'refusal', data: refused })).toMatchObject({
      type: 'refusal',
      redemption: { id: 'r', reward: 'lamp', title: 'Lamp', cost: 5 },
      user: { badges: {} },
    });
    const reaction = { event: 'raid', plugin: 'gpio', channel: 'c', user, did: 'lamp blink' };
    expect(toFeedEvent({ name: 'reaction', data: reaction })).toMatchObject({ did: 'lamp blink' });
    const idle = { event: 'raid', plugin: 'gpio', channel: 'c', reason: 'unfit' };
    expect(toFeedEvent({ name: 'reaction', data: idle })).toEqual({
      type: 'reaction',
      event: 'raid',
      plugin: 'gpio',
      text: 'unfit',
    });
  });

  it('tells choices with their votes, and money in a word', () => {
    const choices = [{ id: '1', title: 'Red', votes: 3 }, { title: 7 }, 'odd', { title: 'Blue' }];
    expect(toFeedEvent({ name: 'pollBegin', data: { channel: 'c', title: 'Q', choices } })).toEqual(
      {
        type: 'event',
        name: 'pollBegin',
        facts: { title: 'Q' },
        choices: [
          { title: 'Red', votes: 3 },
          { title: 'Blue', votes: 0 },
        ],
      },
    );
    const amount = { value: 10, currency: 'USD' };
    expect(toFeedEvent({ name: 'charityDonation', data: { amount } })).toMatchObject({
      facts: { amount: '10 USD' },
    });
  });

  it('tells who is behind a pin, where that is known', () => {
    const data = { gadget: 'lamp', pin: 'GPIO17', on: true };
    const cause = { by: 'alice', messageId: 'm' };
    expect(toFeedEvent({ name: 'pin', data, cause })).toEqual({ type: 'pin', ...data, cause });
    expect(toFeedEvent({ name: 'pin', data })).toEqual({ type: 'pin', ...data });
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
