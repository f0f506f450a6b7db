import { beforeEach, describe, expect, it } from '@jest/globals';
import { closeCodes, isCloseCode, statusAfter } from '../../src/eventsub/close-codes.js';
import {
  keepaliveMessage,
  sessionMessage,
  subscriptionMessage,
} from '../../src/eventsub/eventsub-message.js';
import { toTimes } from '../../src/eventsub/eventsub-options.js';
import { readWanted } from '../../src/eventsub/judge-subscription.js';
import type { Subscription } from '../../src/eventsub/subscription.js';
import { Subscriptions } from '../../src/eventsub/subscriptions.js';
import { TestClock } from '../simulator.js';

let clock: TestClock;
let all: Subscriptions;
beforeEach(() => {
  clock = new TestClock();
  all = new Subscriptions(clock.now, 60_000);
});

let count = 0;

/** A subscription of the streamer by the demo application. */
function made(more: Partial<Subscription> = {}): Subscription {
  count += 1;
  return {
    ...{ id: `id-${count}`, clientId: 'demo', userId: '2002', type: 'channel.goal.end' },
    ...{ version: '1', condition: { broadcaster_user_id: '2002' }, status: 'enabled', cost: 0 },
    ...{ createdAt: clock.time, created: '2026-01-01T00:00:00.123456789Z', sessionId: 'one' },
    ...{ connectedAt: clock.time, disconnectedAt: undefined },
    ...more,
  };
}

function add(more: Partial<Subscription> = {}): Subscription {
  const subscription = made(more);
  all.add(subscription);
  return subscription;
}

describe('the list of subscriptions', () => {
  it('is each person’s own, by each application, oldest first', () => {
    const [one, two] = [add(), add()];
    const other = add({ userId: '1001' });
    const app = add({ clientId: 'public' });
    const owner = { clientId: 'demo', userId: '2002' };
    expect(all.of(owner)).toEqual([one, two]);
    expect(all.of({ ...owner, userId: '1001' })).toEqual([other]);
    expect(all.of({ ...owner, clientId: 'public' })).toEqual([app]);
    expect(all.of({ ...owner, userId: '' })).toEqual([]);
  });

  it('keeps a dead one for a minute, with why it died', () => {
    const [dead, alive] = [add(), add()];
    all.end(dead, 'websocket_network_error');
    expect([dead.status, dead.disconnectedAt]).toEqual(['websocket_network_error', clock.time]);
    clock.pass(60);
    expect(all.all).toEqual([dead, alive]);
    clock.pass(0.001);
    expect(all.all).toEqual([alive]);
    clock.pass(10 ** 6);
    expect(all.all).toEqual([alive]);
  });

  it('lets one go at once where its owner deletes it, and no other', () => {
    const [one, two] = [add(), add()];
    all.remove(one);
    all.remove(one);
    all.remove(made());
    expect(all.all).toEqual([two]);
  });

  it('moves what is enabled to the new session, and leaves what is dead', () => {
    const [one, two, dead] = [add(), add({ sessionId: 'other' }), add()];
    all.end(dead, 'user_removed');
    clock.pass(5);
    all.move('one', 'two');
    expect([one.sessionId, two.sessionId, dead.sessionId]).toEqual(['two', 'other', 'one']);
    expect(one.connectedAt).toBe(clock.time);
    expect(all.enabledIn('two')).toEqual([one]);
    expect(all.enabledIn('one')).toEqual([]);
  });

  it('goes through ten thousand in one go', () => {
    for (let n = 0; n < 10_000; n++) all.end(add({ sessionId: `s${n}` }), 'user_removed');
    expect(all.all).toHaveLength(10_000);
    clock.pass(61);
    expect(all.all).toEqual([]);
  });
});

describe('what is asked for', () => {
  const wanted = {
    ...{ type: 'channel.goal.end', version: '1', condition: { broadcaster_user_id: '2002' } },
    transport: { method: 'websocket', session_id: 's' },
  };

  it('is read with what it needs', () => {
    expect(readWanted(wanted)).toEqual({
      ...{ type: 'channel.goal.end', version: '1', sessionId: 's' },
      condition: { broadcaster_user_id: '2002' },
    });
  });

  it.each([
    [{ type: undefined }, /"type" and "version"/],
    [{ type: 5 }, /"type" and "version"/],
    [{ version: 1 }, /"type" and "version"/],
    [{ condition: undefined }, /"condition" and "transport"/],
    [{ condition: [] }, /"condition" and "transport"/],
    [{ condition: null }, /"condition" and "transport"/],
    [{ condition: { broadcaster_user_id: 2002 } }, /invalid condition/],
    [{ condition: { broadcaster_user_id: { a: 1 } } }, /invalid condition/],
    [{ transport: 'websocket' }, /"condition" and "transport"/],
    [{ transport: {} }, /unsupported transport method/],
    [{ transport: { method: 'webhook', callback: 'https://x' } }, /unsupported transport method/],
    [{ transport: { method: 'websocket' } }, /session_id is required/],
    [{ transport: { method: 'websocket', session_id: 7 } }, /session_id is required/],
  ])('is refused with %j', (more, message) => {
    const said = readWanted({ ...wanted, ...more });
    expect(said).toMatchObject({
      ...{ status: 400, json: { error: 'Bad Request', message: expect.stringMatching(message) } },
    });
  });
});

describe('a message', () => {
  const at = Date.UTC(2026, 10, 29, 12);
  const time = /^2026-11-29T12:00:00\.000\d{6}Z$/;

  it('of a session has all fields, those without a value as null', () => {
    const session = { id: 's', connected: 'c', keepalive: 10, reconnectUrl: null };
    const said = sessionMessage('session_welcome', { ...session, status: 'connected' }, at);
    expect(said).toEqual({
      metadata: {
        ...{ message_id: expect.any(String), message_type: 'session_welcome' },
        message_timestamp: expect.stringMatching(time),
      },
      payload: {
        session: {
          ...{ id: 's', status: 'connected', connected_at: 'c', keepalive_timeout_seconds: 10 },
          ...{ reconnect_url: null, recovery_url: null },
        },
      },
    });
    expect(keepaliveMessage(at)).toMatchObject({
      ...{ metadata: { message_type: 'session_keepalive' }, payload: {} },
    });
  });

  it('has an id that no other has', () => {
    const ids = Array.from({ length: 1_000 }, () => keepaliveMessage(at).metadata.message_id);
    expect(new Set(ids).size).toBe(1_000);
  });

  it('of a subscription names its type and version outside, and has its event inside', () => {
    const subscription = made();
    const told = subscriptionMessage(subscription, { a: 1 }, at);
    expect(told.metadata).toMatchObject({
      ...{ message_type: 'notification', subscription_type: 'channel.goal.end' },
      subscription_version: '1',
    });
    expect(told.payload).toMatchObject({
      subscription: {
        ...{ id: subscription.id, status: 'enabled', cost: 0, created_at: subscription.created },
        transport: { method: 'websocket', session_id: 'one' },
      },
      event: { a: 1 },
    });
    expect(JSON.stringify(told)).not.toContain('demo');
    subscription.status = 'user_removed';
    const revoked = subscriptionMessage(subscription, undefined, at);
    expect(revoked).toMatchObject({
      metadata: { message_type: 'revocation' },
      payload: { subscription: { status: 'user_removed' } },
    });
    expect(revoked.payload).not.toHaveProperty('event');
  });
});

describe('the end of a session', () => {
  it.each(Object.entries(closeCodes))(
    'with %s has its words, and leaves its status',
    (code, end) => {
      expect([isCloseCode(Number(code)), statusAfter(Number(code))]).toEqual([true, end.status]);
      expect(end.reason).not.toBe('');
      expect(Buffer.byteLength(end.reason)).toBeLessThanOrEqual(123);
    },
  );

  it.each([1000, 1001, 1005, 1006, 3999, 4008, 0, Number.NaN])(
    'with %d is one that nobody named',
    (code) => {
      expect([isCloseCode(code), statusAfter(code)]).toEqual([false, 'websocket_disconnected']);
    },
  );
});

describe('the times of the EventSub side', () => {
  it('are those of Twitch unless a test has others', () => {
    expect(toTimes()).toMatchObject({ subscribeWithin: 10_000, reconnectWithin: 30_000 });
    expect(toTimes({ subscribeWithin: 5 })).toEqual({ ...toTimes(), subscribeWithin: 5 });
  });
});
