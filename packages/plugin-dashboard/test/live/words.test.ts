import { describe, expect, it } from '@jest/globals';
import { makeMessage, makeUser } from '@pertybot/core/testing';
import { DashboardError } from '../../src/dashboard-error.js';
import { toChannelEvent } from '../../src/live/to-channel-event.js';
import { causedEvents, toFeedEvent, toldEvents } from '../../src/live/to-feed-event.js';
import { toActor, toFeedUser } from '../../src/live/to-feed-user.js';

const tell = (name: string, data: unknown) => toFeedEvent({ name, data });
const user = makeUser({ as: 'Alice', roles: ['vip'] });
const alice = { login: 'alice', name: 'Alice', roles: ['vip'], badges: { vip: '1' } };

describe('a line of chat in the words of the page', () => {
  it('has what is shown of it, and nothing else', () => {
    const message = makeMessage('hi', { as: 'Alice', roles: ['vip'], id: 'm', channel: 'c' });
    expect(tell('message', { ...message, secret: 'no' })).toEqual({
      type: 'message',
      id: 'm',
      channel: 'c',
      user: alice,
      text: 'hi',
      action: false,
      bits: 0,
    });
  });

  it('tells what it answers by name and text alone', () => {
    const replyTo = {
      messageId: 'p',
      userId: '7',
      userLogin: 'bob',
      userDisplayName: 'Bob',
      text: 'how?',
    };
    expect(tell('message', makeMessage('so', { replyTo }))).toMatchObject({
      replyTo: { name: 'Bob', text: 'how?' },
    });
  });

  it('is text, whatever it looks like', () => {
    const text = '<img src=x onerror=alert(1)>\u202e\u0000"\'`{x}';
    const told = tell('message', makeMessage(text, { as: text, action: true }));
    expect(told).toMatchObject({ text, action: true, user: { name: text } });
    expect(JSON.parse(JSON.stringify(told))).toEqual(told);
  });
});

describe('what the bot did in the words of the page', () => {
  it('tells of a reply what it answers, and why it was not said', () => {
    const reply = { channel: 'c', text: 'hi', delivery: { status: 'written' } };
    expect(tell('reply', reply)).toEqual({ type: 'reply', channel: 'c', text: 'hi' });
    const delivery = { status: 'dropped', reason: 'too many' };
    expect(tell('reply', { ...reply, replyTo: 'm', delivery })).toEqual({
      type: 'reply',
      channel: 'c',
      text: 'hi',
      replyTo: 'm',
      dropped: 'too many',
    });
  });

  it('tells of a command whose it was, and how long it took', () => {
    const data = { command: 'lamp', plugin: 'gpio', user, messageId: 'm', took: 3, channel: 'c' };
    expect(tell('command', data)).toEqual({
      type: 'command',
      command: 'lamp',
      plugin: 'gpio',
      user: alice,
      messageId: 'm',
      took: 3,
    });
  });

  it('tells of a refusal why, and when it would be allowed', () => {
    const data = { reason: 'cooldown', command: 'lamp', user, messageId: 'm', channel: 'c' };
    expect(tell('refusal', data)).not.toHaveProperty('retryAfter');
    expect(tell('refusal', { ...data, retryAfter: 0, text: '' })).toMatchObject({
      retryAfter: 0,
      text: '',
    });
  });

  it('tells of a reaction what was done, or else why nothing was', () => {
    const data = { event: 'raid', plugin: 'gpio', user };
    expect(tell('reaction', { ...data, did: 'lamp on', text: 'no' })).toEqual({
      type: 'reaction',
      event: 'raid',
      plugin: 'gpio',
      user: alice,
      did: 'lamp on',
    });
    expect(tell('reaction', { ...data, text: 'No lamp.', reason: 'r' })).toMatchObject({
      text: 'No lamp.',
    });
  });

  it.each([
    [{ name: 'running' }, undefined],
    [{ name: 'waiting', reason: 'login' }, 'login'],
    [{ name: 'failed', error: new Error('no pin') }, 'no pin'],
    [{ name: 'failed', error: 'odd' }, 'odd'],
    [
      {
        name: 'failed',
        error: new DashboardError('PAGE_PORT_TAKEN', 'It is taken.', { hint: 'Take another.' }),
      },
      'It is taken. Take another.',
    ],
  ])('tells of a plugin that is %j', (state, detail) => {
    expect(tell('plugin', { plugin: 'gpio', state })).toEqual({
      type: 'plugin',
      plugin: 'gpio',
      state: state.name,
      ...(detail !== undefined && { detail }),
    });
  });

  it('tells of the stop who asked for it, and of a fault whose it was', () => {
    expect(tell('estop', { engaged: true, by: 'alice' })).toEqual({
      type: 'estop',
      engaged: true,
      by: 'alice',
    });
    expect(tell('estop', { engaged: false })).toEqual({ type: 'estop', engaged: false });
    const fault = { plugin: 'dice', where: 'timer', error: new Error('no dice') };
    expect(tell('fault', fault)).toEqual({
      type: 'fault',
      plugin: 'dice',
      where: 'timer',
      text: 'no dice',
    });
    expect(tell('fault', { ...fault, messageId: 'm', error: undefined })).toMatchObject({
      messageId: 'm',
    });
  });

  it('tells of a pin and a gadget who is behind them', () => {
    const cause = { by: 'alice' };
    const pin = { gadget: 'lamp', pin: 'GPIO17', on: true, dryRun: true };
    expect(toFeedEvent({ name: 'pin', data: pin, cause })).toEqual({ type: 'pin', ...pin, cause });
    expect(tell('pin', { ...pin, dryRun: false })).not.toHaveProperty('dryRun');
    const gadget = { gadget: 'lamp', event: 'on', state: 'on' };
    expect(toFeedEvent({ name: 'gadget', data: gadget, cause })).toEqual({
      type: 'gadget',
      ...gadget,
      cause,
    });
    expect(toldEvents).toEqual(expect.arrayContaining([...causedEvents]));
  });
});

describe('what happens in a channel in the words of the page', () => {
  const factsOf = (data: unknown) => {
    const told = toChannelEvent('something', data);
    return told.type === 'event' ? told.facts : undefined;
  };

  it.each([
    ['a text', 'hi', 'hi'],
    ['a long text', 'x'.repeat(400), 'x'.repeat(300)],
    ['a number', 0, 0],
    ['a truth', false, false],
    ['money', { value: 12.5, currency: 'EUR' }, '12.5 EUR'],
    ['what has a title', { title: 'Lamp', displayName: 'no' }, 'Lamp'],
    ['what has a name', { displayName: 'Bob', login: 'bob' }, 'Bob'],
    ['what has a text', { text: 'hi', id: 7 }, 'hi'],
    ['who has a login', { login: 'bob' }, 'bob'],
    ['what has a long title', { title: 'x'.repeat(400) }, 'x'.repeat(300)],
  ])('tells %s as a fact', (_, value, fact) => {
    expect(factsOf({ it: value })).toEqual({ it: fact });
  });

  it.each([null, undefined, {}, [], { id: 7 }, { value: '12', currency: 'EUR' }, () => {}, 7n])(
    'leaves out %p',
    (value) => {
      expect(factsOf({ it: value })).toEqual({});
    },
  );

  it.each([undefined, null, 7, 'text', [], {}])(
    'is told when nothing is told with it: %j',
    (data) => {
      expect(factsOf(data)).toEqual({});
    },
  );

  it('names the channel nowhere, and whoever did it once', () => {
    expect(toChannelEvent('raid', { channel: 'c', user, viewers: 5 })).toEqual({
      type: 'event',
      name: 'raid',
      user: alice,
      facts: { viewers: 5 },
    });
  });

  it('tells ten choices at most, with what was bet where there are no votes', () => {
    const outcomes = Array.from({ length: 50 }, (_, index) => ({
      title: `${index}`,
      points: index,
    }));
    const told = toChannelEvent('predictionEnd', { outcomes });
    expect(told).toMatchObject({ choices: expect.any(Array) });
    const choices = told.type === 'event' ? (told.choices ?? []) : [];
    expect(choices).toHaveLength(10);
    expect(choices[9]).toEqual({ title: '9', votes: 9 });
    expect(toChannelEvent('pollEnd', { choices: 'none' })).not.toHaveProperty('choices');
  });
});

describe('somebody in the words of the page', () => {
  it('has no roles that everybody has, and a colour only where he chose one', () => {
    expect(toFeedUser(user)).toEqual(alice);
    expect(toFeedUser({ ...user, color: '#ff0000' })).toEqual({ ...alice, color: '#ff0000' });
  });

  it.each([undefined, null, 7, 'alice', [], {}, { login: 7 }, { displayName: 'Alice' }])(
    'is nobody where an event says %j',
    (one) => {
      expect(toActor(one)).toBeUndefined();
    },
  );

  it('is whoever has a login, however little else is told', () => {
    expect(toActor({ login: 'bob' })).toEqual({ login: 'bob', name: 'bob', roles: [], badges: {} });
    const odd = {
      login: 'bob',
      displayName: 7,
      color: 7,
      roles: ['everyone', 'vip', 7],
      badges: { vip: 1, odd: null },
    };
    expect(toActor(odd)).toEqual({
      login: 'bob',
      name: 'bob',
      roles: ['vip', '7'],
      badges: { vip: '1', odd: 'null' },
    });
    expect(toActor({ login: 'bob', roles: 'vip', badges: 'vip/1' })).toMatchObject({ roles: [] });
  });
});
