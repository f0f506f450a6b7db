import { describe, expect, it } from '@jest/globals';
import { readFrame } from '../../src/client/frame.js';
import { MessageRing } from '../../src/client/message-ring.js';
import { isOwnServer } from '../../src/client/reconnect-url.js';
import { describeEnd } from '../../src/client/socket-end.js';

function frame(message_type: string, payload: unknown, metadata: object = {}): string {
  return JSON.stringify({ metadata: { message_id: 'm', message_type, ...metadata }, payload });
}

const subscription = {
  ...{ id: 's', type: 'channel.follow', version: '2', status: 'enabled', cost: 0 },
  condition: { broadcaster_user_id: '1', moderator_user_id: '2' },
};

describe('a frame', () => {
  it('is a welcome, with how long Twitch may be silent', () => {
    const session = { id: 'abc', keepalive_timeout_seconds: 30, recovery_url: null };
    expect(readFrame(frame('session_welcome', { session }))).toEqual({
      ...{ kind: 'welcome', sessionId: 'abc', keepalive: 30_000 },
    });
    expect(readFrame(frame('session_welcome', { session: { id: 'abc' } }))).toMatchObject({
      keepalive: 10_000,
    });
  });

  it('is a notification, of one event or of several together', () => {
    const read = readFrame(frame('notification', { subscription, event: { a: 1 } }));
    expect(read).toMatchObject({
      kind: 'notification',
      notification: {
        ...{ messageId: 'm', events: [{ a: 1 }] },
        subscription: { id: 's', type: 'channel.follow', about: ['1', '2'] },
      },
    });
    const events = [
      { id: 'x', data: { a: 1 } },
      { id: 'y', data: { a: 2 } },
    ];
    expect(readFrame(frame('notification', { subscription, events }))).toMatchObject({
      notification: { events: [{ a: 1 }, { a: 2 }] },
    });
  });

  it.each([
    '',
    'null',
    '[]',
    '7',
    '{}',
    frame('session_welcome', {}),
    frame('session_welcome', { session: { id: 7 } }),
    frame('session_reconnect', { session: { reconnect_url: null } }),
    frame('notification', {}),
    frame('notification', { subscription }, { message_id: 7 }),
    frame('revocation', null),
    `${'['.repeat(100_000)}`,
  ])('that makes no sense is no fault: %.40s', (text) => {
    expect(readFrame(text)).toEqual({ kind: 'malformed' });
  });
});

describe('MessageRing', () => {
  it('knows what came, and forgets the oldest', () => {
    const ring = new MessageRing(3);
    expect(['a', 'b', 'c', 'a'].map((id) => ring.isRepeated(id))).toEqual([
      ...[false, false, false, true],
    ]);
    expect(ring.isRepeated('d')).toBe(false);
    expect(ring.isRepeated('b')).toBe(true);
    expect(ring.isRepeated('a')).toBe(false);
  });

  it('does not grow in a flood', () => {
    const ring = new MessageRing();
    for (let id = 0; id < 100_000; id++) ring.isRepeated(`id-${id}`);
    expect(ring.isRepeated('id-99999')).toBe(true);
    expect(ring.isRepeated('id-95000')).toBe(false);
  });
});

describe('the address of a move', () => {
  const twitch = 'wss://eventsub.wss.twitch.tv/ws';

  it.each([
    ['wss://eventsub.wss.twitch.tv/ws?id=1', twitch, true],
    ['wss://cell-a.eventsub.wss.twitch.tv/ws?challenge=x&id=1', twitch, true],
    ['ws://cell-a.eventsub.wss.twitch.tv/ws', twitch, false],
    ['wss://eventsub.wss.twitch.tv:8443/ws', twitch, false],
    ['wss://user:pass@eventsub.wss.twitch.tv/ws', twitch, false],
    ['wss://evil-eventsub.wss.twitch.tv.example/ws', twitch, false],
    ['wss://xeventsub.wss.twitch.tv/ws', twitch, false],
    ['https://eventsub.wss.twitch.tv/ws', twitch, false],
    ['', twitch, false],
    ['ws://127.0.0.1:8080/ws?id=1', 'ws://127.0.0.1:8080/ws', true],
    ['ws://127.0.0.1:8081/ws?id=1', 'ws://127.0.0.1:8080/ws', false],
  ])('"%s" is Twitch’s own, or the one of "%s": %s', (url, configured, isOwn) => {
    expect(isOwnServer(url, configured)).toBe(isOwn);
  });
});

describe('the end of a socket', () => {
  it('is told in words, with what Node says of it', () => {
    expect(describeEnd(4007, undefined)).toMatch(/\(4007\)$/);
    expect(describeEnd(1006, 'ECONNREFUSED')).toBe('the connection was cut: ECONNREFUSED');
    expect(describeEnd(4321, undefined)).toBe('Twitch closed the connection (4321)');
  });
});
