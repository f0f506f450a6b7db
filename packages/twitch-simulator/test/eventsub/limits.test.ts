import { describe, expect, it } from '@jest/globals';
import { allScopes, HelixClient } from '../helix/helix-client.js';
import { simulator } from '../simulator.js';
import { EventClient } from './event-client.js';

const goal = 'channel.goal.begin';

describe('what may be subscribed to', () => {
  it.each([
    ['an unknown type', 'channel.nonsense', '1', {}, 400, /combination of values/],
    ['an unknown version', 'channel.follow', '9', {}, 400, /combination of values/],
    ['a withdrawn version', 'channel.follow', '1', {}, 410, /not available/],
    ['a hype train of old', 'channel.hype_train.begin', '1', {}, 410, /not available/],
    ['a condition too much', goal, '1', { user_id: '1' }, 400, /invalid condition/],
    ['a condition that is empty', goal, '1', { broadcaster_user_id: '' }, 400, /invalid condition/],
    ['the channel of another', goal, '1', { broadcaster_user_id: '1001' }, 403, /authorization/],
    [
      'a moderator that it is not',
      'channel.follow',
      '2',
      { moderator_user_id: '1001' },
      403,
      /authorization/,
    ],
    ['what only apps hear', 'user.authorization.revoke', '1', {}, 400, /invalid transport/],
  ])('refuses %s', async (_, type, version, more, status, message) => {
    const twitch = await simulator();
    const client = await EventClient.open(twitch);
    const helix = HelixClient.as(twitch, 'streamer');
    const answer = await helix.subscribe(client, type, version, more);
    expect(answer).toMatchObject({ status, json: { message: expect.stringMatching(message) } });
    expect(twitch.eventSub.subscriptions).toEqual([]);
  });

  it('asks for a scope, and does not say which', async () => {
    const twitch = await simulator();
    const client = await EventClient.open(twitch);
    const answer = await HelixClient.as(twitch, 'streamer', ['chat:read']).subscribe(client, goal);
    expect(answer).toMatchObject({
      status: 403,
      json: { error: 'Forbidden', message: 'subscription missing proper authorization' },
    });
  });

  it('refuses app tokens and sessions that it does not know', async () => {
    const twitch = await simulator();
    const client = await EventClient.open(twitch);
    const answer = await fetch(`${twitch.idUrl}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        client_id: 'demo',
        client_secret: 's3cret',
        grant_type: 'client_credentials',
      }),
    });
    const { access_token: token } = (await answer.json()) as { access_token: string };
    const app = await new HelixClient(twitch, token).subscribe(client, 'stream.online');
    expect(app).toMatchObject({
      status: 400,
      json: { message: 'invalid transport and auth combination' },
    });
    const helix = HelixClient.as(twitch, 'streamer');
    expect(await helix.subscribe({ sessionId: 'gone' }, goal)).toMatchObject({
      status: 400,
      json: { message: expect.stringContaining('does not exist or has already disconnected') },
    });
  });

  it('lets a session belong to one person', async () => {
    const twitch = await simulator();
    const client = await EventClient.subscribed(twitch, allScopes, goal);
    const other = HelixClient.as(twitch, 'pertybot', allScopes);
    expect(await other.subscribe(client, 'stream.online')).toMatchObject({
      status: 400,
      json: {
        message: 'websocket transport cannot have subscriptions created by different users',
      },
    });
  });

  it('takes the same once for a session, three times in all', async () => {
    const twitch = await simulator();
    const helix = HelixClient.as(twitch, 'streamer');
    const clients = [
      await EventClient.open(twitch),
      await EventClient.open(twitch),
      await EventClient.open(twitch),
    ];
    for (const client of clients) expect((await helix.subscribe(client, goal)).status).toBe(202);
    const [first] = clients;
    if (first === undefined) throw new Error('no client');
    const again = await helix.subscribe(first, goal);
    expect(again).toMatchObject({ status: 409, json: { id: expect.any(String) } });
    const fourth = await helix.subscribe(await EventClient.open(twitch), goal);
    expect(fourth).toMatchObject({
      status: 429,
      json: { message: 'maximum subscriptions with type and condition exceeded' },
    });
  });

  it('takes three connections of one person, and others of the next', async () => {
    const twitch = await simulator();
    const helix = HelixClient.as(twitch, 'streamer');
    for (const type of [goal, 'channel.goal.progress', 'channel.goal.end']) {
      expect((await helix.subscribe(await EventClient.open(twitch), type)).status).toBe(202);
    }
    const fourth = await EventClient.open(twitch);
    expect(await helix.subscribe(fourth, 'channel.cheer')).toMatchObject({
      status: 429,
      json: { message: 'number of websocket transports limit exceeded' },
    });
    const other = HelixClient.as(twitch, 'pertybot');
    expect((await other.subscribe(fourth, 'stream.online')).status).toBe(202);
  });

  it('takes 300 of a connection', async () => {
    const twitch = await simulator();
    const helix = HelixClient.as(twitch, 'streamer');
    const client = await EventClient.open(twitch);
    const type = 'channel.channel_points_custom_reward_redemption.add';
    for (let count = 0; count < 300; count += 1) {
      const { status } = await helix.subscribe(client, type, '1', { reward_id: `reward${count}` });
      if (status !== 202) expect({ count, status }).toEqual({ count, status: 202 });
    }
    expect(await helix.subscribe(client, goal)).toMatchObject({ status: 429 });
  });

  it('costs one for channels that have not allowed the application anything, ten in all', async () => {
    const twitch = await simulator();
    const helix = HelixClient.as(twitch, 'pertybot');
    const client = await EventClient.open(twitch);
    for (let count = 1; count <= 10; count += 1) {
      const { id } = twitch.id.addAccount({ login: `channel${count}` });
      const answer = await helix.subscribe(client, 'stream.online', '1', {
        broadcaster_user_id: id,
      });
      expect(answer).toMatchObject({ status: 202, json: { total_cost: count } });
    }
    const { id } = twitch.id.addAccount({ login: 'eleven' });
    const more = { broadcaster_user_id: id };
    expect(await helix.subscribe(client, 'stream.online', '1', more)).toMatchObject({
      status: 429,
    });
    twitch.id.issueToken({ login: 'eleven', scopes: ['bits:read'] });
    expect(await helix.subscribe(client, 'stream.online', '1', more)).toMatchObject({
      status: 202,
      json: { total_cost: 10, data: [{ cost: 0 }] },
    });
  });

  it('lists by one filter at most, in pages, only the own', async () => {
    const twitch = await simulator();
    const client = await EventClient.subscribed(twitch, allScopes, goal, 'channel.goal.end');
    const helix = HelixClient.as(twitch, 'streamer');
    const path = 'eventsub/subscriptions';
    const one = await helix.call('GET', `${path}?type=${goal}`);
    expect(one.json.data).toMatchObject([
      { type: goal, transport: { session_id: client.sessionId } },
    ]);
    expect((await helix.call('GET', `${path}?type=${goal}&status=enabled`)).status).toBe(400);
    const page = await helix.call('GET', `${path}?first=1`);
    const { cursor } = page.json.pagination as { cursor: string };
    const rest = await helix.call('GET', `${path}?first=1&after=${cursor}`);
    expect(rest.json).toMatchObject({ data: [{ type: 'channel.goal.end' }], pagination: {} });
    const other = await HelixClient.as(twitch, 'pertybot').call('GET', path);
    expect(other.json).toMatchObject({ total: 0, data: [] });
    expect((await helix.call('DELETE', `${path}?id=nothing`)).status).toBe(404);
  });
});
