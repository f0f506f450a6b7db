import { describe, expect, it } from '@jest/globals';
import { HelixClient } from '../helix/helix-client.js';
import { simulator } from '../simulator.js';
import { EventClient } from './event-client.js';

const scopes = ['moderator:read:followers'];
const alice = { channel: 'streamer', as: { login: 'alice' } };

async function listening(options = {}) {
  const twitch = await simulator(options);
  const client = await EventClient.subscribed(twitch, scopes, 'channel.follow 2');
  return { twitch, client, faults: twitch.eventSub.faults };
}

describe('the faults of EventSub', () => {
  it('sends copies with one id', async () => {
    const { twitch, client, faults } = await listening();
    faults.next('notification', { duplicate: 2 });
    twitch.channels.follow(alice);
    await client.next('notification', 2);
    const ids = client.of('notification').map(({ metadata }) => metadata.message_id);
    expect(new Set(ids).size).toBe(1);
  });

  it('loses events, brings them late, and adds fields to them', async () => {
    const { twitch, client, faults } = await listening();
    faults.next('notification', { lost: true });
    faults.next('notification', { delay: 100 });
    faults.next('notification', { fields: { mood: 'good', user_name: 'Other' } });
    for (const login of ['lost', 'late', 'odd']) {
      twitch.channels.follow({ channel: 'streamer', as: { login } });
    }
    await client.next('notification', 1);
    expect(client.events('channel.follow')).toMatchObject([
      { user_login: 'odd', mood: 'good', user_name: 'Other' },
      { user_login: 'late' },
    ]);
  });

  it('tells of types that nobody knows', async () => {
    const { twitch, client } = await listening();
    twitch.eventSub.faults.raw('{"metadata":{"message_type":"session_party"},"payload":{}}');
    await client.next('session_party');
    expect(twitch.eventSub.notify({ type: 'channel.nonsense', about: {}, event: {} })).toBe(0);
  });

  it('falls silent, and stops keepalives', async () => {
    const { twitch, client, faults } = await listening({ eventSub: { leastKeepalive: 1 } });
    const undo = faults.stopKeepalives();
    twitch.channels.follow(alice);
    await client.event('channel.follow');
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(client.of('session_keepalive')).toEqual([]);
    undo();
    await client.next('session_keepalive');
    faults.drop('silence');
    expect(twitch.eventSub.sessions).toEqual([]);
    twitch.channels.follow(alice);
    expect(client.events('channel.follow')).toHaveLength(1);
  });

  it.each(['authorization_revoked', 'user_removed', 'version_removed', 'moderator_removed'])(
    'takes subscriptions back: %s',
    async (reason) => {
      const { twitch, client, faults } = await listening();
      expect(faults.revoke(reason, 'channel.follow')).toBe(1);
      const { metadata, payload } = await client.next('revocation');
      expect(metadata).toMatchObject({
        subscription_type: 'channel.follow',
        subscription_version: '2',
      });
      expect(payload).toMatchObject({ subscription: { status: reason } });
      expect(payload).not.toHaveProperty('event');
      twitch.channels.follow(alice);
      expect(twitch.eventSub.subscribed('channel.follow')).toBe(false);
    },
  );

  it('takes them back by itself where the application is disconnected or a moderator dismissed', async () => {
    const twitch = await simulator();
    const client = await EventClient.open(twitch);
    const tokens = twitch.id.issueToken({ login: 'pertybot', scopes });
    const helix = new HelixClient(twitch, tokens.accessToken);
    const more = { moderator_user_id: '1001' };
    expect((await helix.subscribe(client, 'channel.follow', '2', more)).status).toBe(403);
    twitch.chat.setRoles('streamer', 'pertybot', ['moderator']);
    expect((await helix.subscribe(client, 'channel.follow', '2', more)).status).toBe(202);
    await helix.subscribe(client, 'stream.online');
    twitch.chat.setRoles('streamer', 'pertybot', []);
    const dismissed = await client.next('revocation');
    expect(dismissed.payload.subscription?.status).toBe('moderator_removed');
    twitch.id.killGrant(tokens.refreshToken);
    const revoked = await client.next('revocation', 1);
    expect(revoked.payload.subscription).toMatchObject({
      type: 'stream.online',
      status: 'authorization_revoked',
    });
  });

  it('welcomes late or never, and refuses connections', async () => {
    const twitch = await simulator();
    twitch.eventSub.faults.next('welcome', { delay: 50 });
    await EventClient.open(twitch);
    twitch.eventSub.faults.next('welcome', { never: true });
    const connected = twitch.eventSub.waitFor('connect');
    const never = EventClient.dial(twitch.eventSubUrl);
    await connected;
    twitch.eventSub.faults.next('upgrade', { status: 503 });
    await EventClient.open(twitch).catch(() => undefined);
    expect(never.frames).toEqual([]);
    twitch.eventSub.faults.next('upgrade', 'drop');
    expect(await EventClient.dial(twitch.eventSubUrl).closed).toBe(1006);
  });

  it('shows wrong times', async () => {
    const { twitch, client, faults } = await listening();
    faults.skewClock(-3_600_000);
    twitch.channels.follow(alice);
    const { metadata } = await client.next('notification');
    const skew = Date.now() - Date.parse(metadata.message_timestamp ?? '');
    expect(skew).toBeGreaterThan(3_000_000);
  });
});
