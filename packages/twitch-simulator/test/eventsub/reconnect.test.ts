import { describe, expect, it } from '@jest/globals';
import { simulator } from '../simulator.js';
import { EventClient } from './event-client.js';

const scopes = ['moderator:read:followers'];
const alice = { channel: 'streamer', as: { login: 'alice' } };

async function asked(options = {}) {
  const twitch = await simulator();
  const old = await EventClient.subscribed(twitch, scopes, 'channel.follow 2');
  twitch.eventSub.faults.reconnect(options);
  const { payload } = await old.next('session_reconnect');
  return { twitch, old, url: payload.session?.reconnect_url ?? '', payload };
}

describe('a session that is asked to move', () => {
  it('takes its subscriptions along, and is heard on the old socket until then', async () => {
    const { twitch, old, url, payload } = await asked();
    expect(payload.session).toMatchObject({
      id: old.sessionId,
      status: 'reconnecting',
      keepalive_timeout_seconds: null,
    });
    twitch.channels.follow(alice);
    await old.event('channel.follow');
    const next = await EventClient.open(twitch, url);
    expect(next.sessionId).not.toBe(old.sessionId);
    twitch.channels.follow({ channel: 'streamer', as: { login: 'bob' } });
    expect(await next.event('channel.follow')).toMatchObject({ user_login: 'bob' });
    old.socket.close();
    expect(await old.closed).toBe(1005);
    expect(twitch.eventSub.subscriptions).toMatchObject([
      { status: 'enabled', sessionId: next.sessionId },
    ]);
    expect(old.events('channel.follow')).toHaveLength(1);
  });

  it('is heard twice under one id where both sockets are told', async () => {
    const { twitch, old, url } = await asked();
    const next = await EventClient.open(twitch, url);
    twitch.eventSub.faults.next('notification', { bothSockets: true });
    twitch.channels.follow(alice);
    const [one, other] = [await old.next('notification'), await next.next('notification')];
    expect(one.metadata.message_id).toBe(other.metadata.message_id);
  });

  it('ends with 4004 where it does not move in time', async () => {
    const { twitch, old, url } = await asked({ within: 50 });
    expect(await old.closed).toBe(4004);
    expect(twitch.eventSub.subscriptions).toMatchObject([
      { status: 'websocket_failed_to_reconnect' },
    ]);
    expect(await EventClient.dial(url).closed).toBe(4007);
  });

  it('ends the old socket in time where the client leaves it open, to no harm', async () => {
    const { twitch, old, url } = await asked({ within: 300 });
    const next = await EventClient.open(twitch, url);
    expect(await old.closed).toBe(4004);
    twitch.channels.follow(alice);
    await next.event('channel.follow');
  });

  it('is lost with 4007 where the old socket is closed first', async () => {
    const { twitch, old, url } = await asked();
    old.socket.close();
    await twitch.eventSub.waitFor('disconnect');
    expect(await EventClient.dial(url).closed).toBe(4007);
    expect(twitch.eventSub.subscribed('channel.follow')).toBe(false);
  });

  it('refuses an address that is bad, or was used, with 4007', async () => {
    const { twitch, url } = await asked();
    await EventClient.open(twitch, url);
    expect(await EventClient.dial(url).closed).toBe(4007);
    const bad = await asked({ url: 'bad' });
    expect(await EventClient.dial(bad.url).closed).toBe(4007);
  });
});
