import { describe, expect, it } from '@jest/globals';
import type { TwitchSimulator } from '../../src/index.js';
import { EventClient } from '../eventsub/event-client.js';
import { HelixClient } from '../helix/helix-client.js';
import { simulator } from '../simulator.js';

const channel = 'streamer';
const as = { login: 'alice' };
const follow = ['moderator:read:followers'];
const subscriptions = 'eventsub/subscriptions';
const redemptions = 'channel_points/custom_rewards/redemptions';

/** Plans a fault as a bot in another language does. */
async function plan(twitch: TwitchSimulator, name: string, fault: object = {}, times?: unknown) {
  const url = `${new URL(twitch.apiUrl).origin}/simulator/faults`;
  const body = JSON.stringify({ name, fault, ...(times !== undefined && { times }) });
  const answer = await fetch(url, { method: 'POST', body });
  expect([name, answer.status, await answer.text()]).toEqual([name, 204, '']);
}

async function listening(options: Parameters<typeof simulator>[0] = {}) {
  const twitch = await simulator(options);
  const client = await EventClient.subscribed(twitch, follow, 'channel.follow 2');
  return { twitch, client };
}

describe('a bot in another language has happen, by POST /simulator/faults, that', () => {
  it('a message comes twice, under one id', async () => {
    const { twitch, client } = await listening();
    await plan(twitch, 'eventsub.notification', { duplicate: 2 });
    twitch.channels.follow({ channel, as });
    await client.next('notification', 2);
    const ids = client.of('notification').map(({ metadata }) => metadata.message_id);
    expect(new Set(ids).size).toBe(1);
  });

  it('a message comes over the old and the new socket', async () => {
    const { twitch, client } = await listening();
    await plan(twitch, 'eventsub.reconnect', { within: 5_000 });
    const { payload } = await client.next('session_reconnect');
    const next = await EventClient.open(twitch, payload.session?.reconnect_url ?? '');
    await plan(twitch, 'eventsub.notification', { bothSockets: true });
    twitch.channels.follow({ channel, as });
    const [old, fresh] = await Promise.all([
      client.next('notification'),
      next.next('notification'),
    ]);
    expect(old.metadata.message_id).toBe(fresh.metadata.message_id);
  });

  it('an event is late, is lost, or has fields that nobody knows', async () => {
    const { twitch, client } = await listening();
    await plan(twitch, 'eventsub.notification', { lost: true });
    twitch.channels.follow({ channel, as: { login: 'lost' } });
    await plan(twitch, 'eventsub.notification', { fields: { mood: 'fine', user_login: 'odd' } });
    twitch.channels.follow({ channel, as: { login: 'second' } });
    expect(await client.event('channel.follow')).toMatchObject({ mood: 'fine', user_login: 'odd' });
    await plan(twitch, 'eventsub.notification', { delay: 200 });
    twitch.channels.follow({ channel, as: { login: 'late' } });
    twitch.channels.follow({ channel, as: { login: 'soon' } });
    await client.event('channel.follow', 2);
    const logins = client.events('channel.follow').map(({ user_login }) => user_login);
    expect(logins).toEqual(['odd', 'soon', 'late']);
  });

  it.each([4000, 4001, 4002, 4003, 4004, 4005, 4006, 4007, 1000])(
    'the socket is closed with %i',
    async (code) => {
      const { twitch, client } = await listening();
      await plan(twitch, 'eventsub.drop', { code });
      expect(await client.closed).toBe(code);
    },
  );

  it('the socket falls silent, and no keepalive comes', async () => {
    const { twitch, client } = await listening({ eventSub: { leastKeepalive: 1 } });
    const quick = await EventClient.open(
      twitch,
      `${twitch.eventSubUrl}?keepalive_timeout_seconds=1`,
    );
    await HelixClient.as(twitch, channel, follow).subscribe(quick, 'stream.online');
    await quick.next('session_keepalive');
    await plan(twitch, 'eventsub.keepalives');
    const count = quick.of('session_keepalive').length;
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(quick.of('session_keepalive').length).toBeLessThanOrEqual(count + 1);
    await plan(twitch, 'eventsub.drop', { how: 'silence' });
    twitch.channels.follow({ channel, as });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(client.of('notification')).toEqual([]);
  });

  it('the server goes down: with a good address, a bad one, and too little time', async () => {
    const good = await listening();
    await plan(good.twitch, 'eventsub.reconnect');
    const { payload } = await good.client.next('session_reconnect');
    const moved = await EventClient.open(good.twitch, payload.session?.reconnect_url ?? '');
    expect(moved.sessionId).not.toBe('');
    good.twitch.channels.follow({ channel, as });
    await moved.event('channel.follow');
    const bad = await listening();
    await plan(bad.twitch, 'eventsub.reconnect', { url: 'bad' });
    const away = await bad.client.next('session_reconnect');
    const lost = EventClient.dial(away.payload.session?.reconnect_url ?? '');
    expect(await lost.closed).toBe(4007);
    const late = await listening();
    await plan(late.twitch, 'eventsub.reconnect', { within: 50 });
    expect(await late.client.closed).toBe(4004);
  });

  it.each([
    'authorization_revoked',
    'user_removed',
    'version_removed',
    'moderator_removed',
    'beta_maintenance',
    'conduit_deleted',
    'something_new',
  ])('a subscription is taken back for "%s", of one type or of all', async (reason) => {
    const { twitch, client } = await listening();
    await HelixClient.as(twitch, channel, follow).subscribe(client, 'stream.online');
    await plan(twitch, 'eventsub.revoke', { reason, type: 'stream.online' });
    const first = await client.next('revocation');
    expect(first.payload).toEqual({
      subscription: expect.objectContaining({ type: 'stream.online', status: reason }),
    });
    await plan(twitch, 'eventsub.revoke', { reason });
    const second = await client.next('revocation', 1);
    expect(second.payload.subscription).toMatchObject({ type: 'channel.follow', status: reason });
    twitch.channels.follow({ channel, as });
    twitch.channels.goLive({ channel });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(client.of('notification')).toEqual([]);
  });

  it('a welcome is late, and never comes', async () => {
    const twitch = await simulator();
    await plan(twitch, 'eventsub.welcome', { delay: 200 });
    const begun = performance.now();
    await EventClient.open(twitch);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(190);
    await plan(twitch, 'eventsub.welcome', { never: true });
    const client = EventClient.dial(twitch.eventSubUrl);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(client.frames).toEqual([]);
  });

  it.each([401, 403, 409, 429, 500, 503])('the next POSTs are refused with %i', async (status) => {
    const twitch = await simulator();
    const client = await EventClient.open(twitch);
    const helix = HelixClient.as(twitch, channel, follow);
    const fault = {
      ...{ status, message: 'planned' },
      ...(status === 409 && { fields: { id: 'the-other' } }),
      ...(status === 429 && { headers: { 'Ratelimit-Reset': '1' } }),
    };
    await plan(twitch, `helix.POST ${subscriptions}`, fault, 2);
    const answers = [];
    for (let turn = 0; turn < 3; turn += 1) {
      answers.push(await helix.subscribe(client, 'channel.follow', '2'));
    }
    expect(answers.map((each) => each.status)).toEqual([status, status, 202]);
    const [first] = answers;
    expect(first?.json).toMatchObject({ status, message: 'planned', error: expect.any(String) });
    if (status === 409) expect(first?.json.id).toBe('the-other');
    if (status === 429) expect(first?.headers.get('Ratelimit-Reset')).toBe('1');
    // Other calls are as ever, also while a fault is planned.
    await plan(twitch, `helix.POST ${subscriptions}`, fault);
    expect((await helix.call('GET', 'users')).status).toBe(200);
  });

  it('a redemption is settled by somebody else, so that it answers 404', async () => {
    const twitch = await simulator();
    const helix = HelixClient.as(twitch, channel, ['channel:manage:redemptions']);
    const own = 'channel_points/custom_rewards?broadcaster_id=2002';
    const made = await helix.call('POST', own, { title: 'Lamp', cost: 5 });
    const rewardId = made.json.data?.[0]?.id;
    const { id } = twitch.channels.redeem({ channel, as, reward: 'Lamp' });
    const query = `${redemptions}?broadcaster_id=2002&reward_id=${rewardId}&id=${id}`;
    await plan(twitch, `helix.PATCH ${redemptions}`, { status: 404, message: 'gone' });
    expect((await helix.call('PATCH', query, { status: 'CANCELED' })).status).toBe(404);
    expect(twitch.channels.redemptions(channel)[0]?.status).toBe('UNFULFILLED');
    twitch.channels.settle(channel, id, 'FULFILLED');
    expect((await helix.call('PATCH', query, { status: 'CANCELED' })).status).toBe(404);
  });

  it('an answer is lost, though what it was asked for is done', async () => {
    const twitch = await simulator();
    const client = await EventClient.open(twitch);
    const helix = HelixClient.as(twitch, channel, follow);
    await plan(twitch, `helix.POST ${subscriptions}`, { connection: 'lose-answer' });
    await expect(helix.subscribe(client, 'channel.follow', '2')).rejects.toThrow();
    const again = await helix.subscribe(client, 'channel.follow', '2');
    const held = await helix.call('GET', subscriptions);
    expect(again.status).toBe(409);
    expect(again.json.id).toBe(held.json.data?.[0]?.id);
  });

  it('times are wrong', async () => {
    const { twitch, client } = await listening();
    await plan(twitch, 'eventsub.clock', { skew: -86_400_000 });
    twitch.channels.follow({ channel, as });
    const { metadata } = await client.next('notification');
    const age = Date.now() - Date.parse(metadata.message_timestamp ?? '');
    expect(age).toBeGreaterThan(86_000_000);
  });
});

describe('DELETE /simulator/faults', () => {
  it('ends all that is planned, on every side', async () => {
    const { twitch, client } = await listening();
    await plan(twitch, 'helix.*', { status: 503 }, 'always');
    await plan(twitch, 'eventsub.notification', { lost: true }, 'always');
    await plan(twitch, 'eventsub.clock', { skew: 86_400_000 });
    await plan(twitch, 'eventsub.upgrade', { status: 500 }, 'always');
    await plan(twitch, 'id.validate', { status: 500 }, 'always');
    const url = `${new URL(twitch.apiUrl).origin}/simulator/faults`;
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(204);
    twitch.channels.follow({ channel, as });
    const { metadata } = await client.next('notification');
    expect(Math.abs(Date.now() - Date.parse(metadata.message_timestamp ?? ''))).toBeLessThan(
      60_000,
    );
    await EventClient.open(twitch);
    const helix = HelixClient.as(twitch, channel);
    expect((await helix.call('GET', 'users')).status).toBe(200);
    const headers = { Authorization: `OAuth ${helix.token}` };
    expect((await fetch(`${twitch.idUrl}/validate`, { headers })).status).toBe(200);
  });
});
