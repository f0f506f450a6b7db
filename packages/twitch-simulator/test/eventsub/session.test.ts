import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { HelixClient } from '../helix/helix-client.js';
import { atEnd, simulator } from '../simulator.js';
import { EventClient } from './event-client.js';

const follow = ['moderator:read:followers'];

describe('a session of EventSub', () => {
  it('keeps alive only after silence', async () => {
    const twitch = await simulator({ eventSub: { leastKeepalive: 1 } });
    const client = await EventClient.subscribed(twitch, follow, 'channel.follow 2');
    for (let count = 0; count < 4; count += 1) {
      twitch.channels.follow({ channel: 'streamer', as: { login: `viewer${count}` } });
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    await client.next('session_keepalive', 1);
    client.frames.forEach(({ metadata, payload }, index) => {
      if (metadata.message_type !== 'session_keepalive') return;
      expect(payload).toEqual({});
      const before = client.frames[index - 1]?.metadata.message_timestamp ?? '';
      const silence = Date.parse(metadata.message_timestamp ?? '') - Date.parse(before);
      expect(silence).toBeGreaterThan(900);
    });
  });

  it.each([
    ['', 10],
    ['?keepalive_timeout_seconds=30', 30],
    ['?keepalive_timeout_seconds=1', 10],
    ['?keepalive_timeout_seconds=9999', 600],
    ['?keepalive_timeout_seconds=soon', 10],
  ])('takes "%s" as %i seconds', async (query, seconds) => {
    const twitch = await simulator();
    const client = await EventClient.open(twitch, `${twitch.eventSubUrl}${query}`);
    const { payload } = await client.next('session_welcome');
    expect(payload.session?.keepalive_timeout_seconds).toBe(seconds);
  });

  it('ends with 4003 where nobody subscribes in time', async () => {
    const twitch = await simulator({ eventSub: { subscribeWithin: 50 } });
    const client = await EventClient.open(twitch);
    expect(await client.closed).toBe(4003);
  });

  it('ends with 4001 at any data from the client, and says so in its subscriptions', async () => {
    const twitch = await simulator();
    const client = await EventClient.subscribed(twitch, follow, 'channel.follow 2');
    client.socket.send('hello?');
    expect(await client.closed).toBe(4001);
    expect(twitch.eventSub.subscriptions).toMatchObject([
      { status: 'websocket_received_inbound_traffic' },
    ]);
  });

  it('ends with 4002 where a ping is not answered', async () => {
    const twitch = await simulator({ eventSub: { pingInterval: 50 } });
    const socket = new WebSocket(twitch.eventSubUrl, { autoPong: false });
    atEnd(() => socket.terminate());
    const [code] = await once(socket, 'close');
    expect(code).toBe(4002);
  });

  it('stays open for clients that answer pings, and answers theirs', async () => {
    const twitch = await simulator({ eventSub: { pingInterval: 250 } });
    const client = await EventClient.open(twitch);
    for (let count = 0; count < 4; count += 1) await once(client.socket, 'ping');
    const answered = once(client.socket, 'pong');
    client.socket.ping();
    await answered;
    expect(twitch.eventSub.sessions).toHaveLength(1);
  });

  it('is reached at no other path', async () => {
    const twitch = await simulator();
    const socket = new WebSocket(twitch.eventSubUrl.replace('/ws', '/elsewhere'));
    const [error] = await once(socket, 'error');
    expect(String(error)).toContain('404');
  });

  it.each([
    [4000, 'websocket_internal_error'],
    [4005, 'websocket_network_timeout'],
    [4006, 'websocket_network_error'],
  ] as const)(
    'leaves its subscriptions behind as they should be after %i',
    async (code, status) => {
      const twitch = await simulator();
      const client = await EventClient.subscribed(twitch, follow, 'channel.follow 2');
      twitch.eventSub.faults.drop(code);
      expect(await client.closed).toBe(code);
      await twitch.eventSub.until(() => twitch.eventSub.subscriptions[0]?.status === status);
      const helix = HelixClient.as(twitch, 'streamer', follow);
      const { json } = await helix.call('GET', 'eventsub/subscriptions');
      expect(json).toMatchObject({
        total: 0,
        data: [{ status, transport: { disconnected_at: expect.stringMatching(/:\d\dZ$/) } }],
      });
    },
  );

  it('is disconnected where the client closes it, and forgotten a minute later', async () => {
    let time = 1_800_000_000_000;
    const twitch = await simulator({ now: () => time });
    const client = await EventClient.subscribed(twitch, follow, 'channel.follow 2');
    client.socket.close();
    await twitch.eventSub.waitFor('disconnect');
    expect(twitch.eventSub.subscriptions).toMatchObject([{ status: 'websocket_disconnected' }]);
    time += 59_000;
    expect(twitch.eventSub.subscriptions).toHaveLength(1);
    time += 2_000;
    expect(twitch.eventSub.subscriptions).toEqual([]);
  });

  it('counts as alive for a while after its cable was cut', async () => {
    const twitch = await simulator({ eventSub: { cutNoticedAfter: 500 } });
    const client = await EventClient.subscribed(twitch, follow, 'channel.follow 2');
    client.socket.terminate();
    await twitch.eventSub.waitFor('disconnect');
    expect(twitch.eventSub.subscribed('channel.follow')).toBe(true);
    const next = await EventClient.open(twitch);
    const helix = HelixClient.as(twitch, 'streamer', follow);
    const barred = await helix.subscribe(next, 'channel.follow', '2');
    const [{ id = '' } = {}] = twitch.eventSub.subscriptions;
    expect(barred).toMatchObject({
      status: 409,
      json: { error: 'Conflict', message: 'subscription already exists', id },
    });
    expect((await helix.call('DELETE', `eventsub/subscriptions?id=${id}`)).status).toBe(204);
    expect((await helix.subscribe(next, 'channel.follow', '2')).status).toBe(202);
  });
});
