import { beforeEach, describe, expect, it } from '@jest/globals';
import type { TwitchSimulator } from '../../src/index.js';
import { HelixClient } from '../helix/helix-client.js';
import { simulator } from '../simulator.js';
import { EventClient } from './event-client.js';

const update = 'channel.channel_points_custom_reward_redemption.update';

let twitch: TwitchSimulator;
let helix: HelixClient;
let client: EventClient;

beforeEach(async () => {
  twitch = await simulator();
  helix = HelixClient.as(twitch, 'streamer');
  client = await EventClient.open(twitch);
});

describe('an event', () => {
  it.each([
    [{}, 1],
    [{ broadcaster_user_id: '2002' }, 1],
    [{ broadcaster_user_id: '2002', reward_id: 'lamp' }, 1],
    [{ broadcaster_user_id: '2002', reward_id: 'fan' }, 0],
    [{ broadcaster_user_id: '1001', reward_id: 'lamp' }, 0],
    [{ broadcaster_user_id: '2002', somebody: 'else' }, 1],
  ])('about %j goes to whoever asked for such: %i', async (about, times) => {
    await helix.subscribe(client, update, '1', { reward_id: 'lamp' });
    expect(twitch.eventSub.notify({ type: update, about, event: {} })).toBe(times);
  });

  it('goes by its type and version alone', async () => {
    await helix.subscribe(client, 'channel.update', '2');
    const about = { broadcaster_user_id: '2002' };
    const tell = (type: string, version?: string) =>
      twitch.eventSub.notify({ type, about, event: {}, ...(version && { version }) });
    expect([tell('channel.update'), tell('channel.update', '2'), tell('channel')]).toEqual([
      ...[0, 1, 0],
    ]);
  });

  it('is told to each of three sessions, by ids of their own', async () => {
    const clients = [client, await EventClient.open(twitch), await EventClient.open(twitch)];
    for (const each of clients) await helix.subscribe(each, 'channel.goal.begin');
    twitch.channels.goal({ channel: 'streamer', type: 'follow', target: 5 });
    const frames = await Promise.all(clients.map((each) => each.next('notification')));
    expect(new Set(frames.map(({ metadata }) => metadata.message_id)).size).toBe(3);
    expect(frames.map(({ payload }) => payload.subscription?.transport)).toEqual(
      clients.map(({ sessionId }) => ({ method: 'websocket', session_id: sessionId })),
    );
  });

  it('goes nowhere once its subscription was deleted, or taken back', async () => {
    const made = await helix.subscribe(client, 'channel.goal.begin');
    await helix.subscribe(client, 'channel.goal.end');
    const about = { broadcaster_user_id: '2002' };
    const id = String(made.json.data?.[0]?.id);
    expect((await helix.call('DELETE', `eventsub/subscriptions?id=${id}`)).status).toBe(204);
    expect(twitch.eventSub.notify({ type: 'channel.goal.begin', about, event: {} })).toBe(0);
    expect(twitch.eventSub.faults.revoke('user_removed', 'channel.goal.end')).toBe(1);
    expect(twitch.eventSub.faults.revoke('user_removed', 'channel.goal.end')).toBe(0);
    expect(twitch.eventSub.notify({ type: 'channel.goal.end', about, event: {} })).toBe(0);
    await client.next('revocation');
    expect(client.of('revocation')).toHaveLength(1);
  });
});

describe('DELETE eventsub/subscriptions', () => {
  it('asks for an id, and is of its owner alone', async () => {
    const made = await helix.subscribe(client, 'channel.goal.begin');
    const path = 'eventsub/subscriptions';
    const id = String(made.json.data?.[0]?.id);
    expect((await helix.call('DELETE', path)).status).toBe(400);
    for (const other of [
      HelixClient.as(twitch, 'pertybot'),
      HelixClient.as(twitch, 'streamer', [], 'public'),
    ]) {
      expect((await other.call('DELETE', `${path}?id=${id}`)).status).toBe(404);
    }
    expect(twitch.eventSub.subscribed('channel.goal.begin')).toBe(true);
    expect((await helix.call('DELETE', `${path}?id=${id}`)).status).toBe(204);
    expect((await helix.call('DELETE', `${path}?id=${id}`)).status).toBe(404);
  });
});

describe('GET eventsub/subscriptions', () => {
  it('filters by one thing, whose name it knows', async () => {
    const made = await helix.subscribe(client, 'channel.goal.begin');
    await helix.subscribe(client, 'channel.chat.message', '1', { user_id: '2002' });
    const list = async (query: string) =>
      (await helix.call('GET', `eventsub/subscriptions?${query}`)).json.data?.length;
    const id = String(made.json.data?.[0]?.id);
    for (const [query, length] of [
      ['', 2],
      ['status=enabled', 2],
      ['status=user_removed', 0],
      ['type=channel.goal.begin', 1],
      ['type=nonsense', 0],
      ['user_id=2002', 2],
      ['user_id=1', 0],
      [`subscription_id=${id}`, 1],
      ['subscription_id=gone', 0],
      ['conduit_id=any', 0],
    ] as const) {
      expect([query, await list(query)]).toEqual([query, length]);
    }
    for (const more of ['status=enabled&user_id=2002', 'type=x&conduit_id=y']) {
      const said = await helix.call('GET', `eventsub/subscriptions?${more}`);
      expect(said).toMatchObject({ status: 400, json: { message: expect.any(String) } });
    }
  });

  it('counts what is enabled, and what it costs', async () => {
    await helix.subscribe(client, 'channel.goal.begin');
    twitch.id.addAccount({ login: 'third', id: '3003' });
    await helix.subscribe(client, 'stream.online', '1', { broadcaster_user_id: '3003' });
    const { json } = await helix.call('GET', 'eventsub/subscriptions');
    expect(json).toMatchObject({ total: 2, total_cost: 1, max_total_cost: 10 });
    twitch.eventSub.faults.revoke('version_removed');
    const after = await helix.call('GET', 'eventsub/subscriptions');
    expect(after.json).toMatchObject({ total: 0, total_cost: 0 });
    expect(after.json.data).toHaveLength(2);
  });
});
