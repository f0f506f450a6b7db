import { describe, expect, it } from '@jest/globals';
import { simulator } from '../simulator.js';
import { HelixClient } from './helix-client.js';

const path = 'channel_points/custom_rewards';
const own = `${path}?broadcaster_id=2002`;

describe('channel_points/custom_rewards', () => {
  it('makes, changes, lists and deletes a reward, and tells of each', async () => {
    const twitch = await simulator();
    const helix = HelixClient.as(twitch, 'streamer');
    const made = await helix.call('POST', own, {
      title: 'Lamp',
      cost: 500,
      prompt: 'for a minute',
      is_user_input_required: true,
      is_max_per_stream_enabled: true,
      max_per_stream: 3,
      is_global_cooldown_enabled: true,
      global_cooldown_seconds: 60,
      background_color: '#FF0000',
    });
    expect(made).toMatchObject({
      status: 200,
      json: {
        data: [
          {
            broadcaster_id: '2002',
            title: 'Lamp',
            is_enabled: true,
            is_paused: false,
            is_in_stock: true,
            is_user_input_required: true,
            background_color: '#FF0000',
            max_per_stream_setting: { is_enabled: true, max_per_stream: 3 },
            max_per_user_per_stream_setting: { is_enabled: false },
            global_cooldown_setting: { is_enabled: true, global_cooldown_seconds: 60 },
            should_redemptions_skip_request_queue: false,
            redemptions_redeemed_current_stream: null,
            cooldown_expires_at: null,
          },
        ],
      },
    });
    const id = String(made.json.data?.[0]?.id);
    const paused = await helix.call('PATCH', `${own}&id=${id}`, { is_paused: true, cost: 7 });
    expect(paused.json.data).toMatchObject([{ is_paused: true, cost: 7, title: 'Lamp' }]);
    const listed = await helix.call('GET', `${own}&only_manageable_rewards=true`);
    expect(listed.json.data).toMatchObject([{ id }]);
    expect((await helix.call('DELETE', `${own}&id=${id}`)).status).toBe(204);
    expect((await helix.call('DELETE', `${own}&id=${id}`)).status).toBe(404);
  });

  it.each([
    [{ cost: 5 }, /title/],
    [{ title: 'x' }, /cost/],
    [{ title: '', cost: 5 }, /title/],
    [{ title: 'x'.repeat(46), cost: 5 }, /title/],
    [{ title: 'x', cost: 0 }, /cost/],
    [{ title: 'x', cost: 1.5 }, /cost/],
    [{ title: 'x', cost: 5, prompt: 'x'.repeat(201) }, /prompt/],
    [{ title: 'x', cost: 5, background_color: 'red' }, /background_color/],
    [{ title: 'x', cost: 5, is_max_per_stream_enabled: true }, /max_per_stream/],
    [
      { title: 'x', cost: 5, is_global_cooldown_enabled: true, global_cooldown_seconds: 604_801 },
      /global_cooldown_seconds/,
    ],
  ])('refuses %j', async (body, message) => {
    const twitch = await simulator();
    const answer = await HelixClient.as(twitch, 'streamer').call('POST', own, body);
    expect(answer).toMatchObject({
      status: 400,
      json: { error: 'Bad Request', message: expect.stringMatching(message) },
    });
  });

  it('takes a title once, fifty rewards in all, and none of who is no affiliate', async () => {
    const twitch = await simulator();
    const helix = HelixClient.as(twitch, 'streamer');
    for (let count = 1; count <= 50; count += 1) {
      twitch.channels.addReward({ channel: 'streamer', title: `Reward ${count}`, cost: 1 });
    }
    const more = await helix.call('POST', own, { title: 'One more', cost: 1 });
    expect(more).toMatchObject({
      status: 400,
      json: { message: expect.stringMatching(/TOO_MANY/) },
    });
    twitch.channels.removeReward('streamer', 'Reward 50');
    const same = await helix.call('POST', own, { title: 'REWARD 1', cost: 1 });
    expect(same).toMatchObject({
      status: 400,
      json: { message: 'CREATE_CUSTOM_REWARD_DUPLICATE_REWARD' },
    });
    twitch.channels.setType('streamer', '');
    for (const method of ['GET', 'POST']) {
      const body = method === 'POST' ? { title: 'x', cost: 1 } : undefined;
      expect((await helix.call(method, own, body)).status).toBe(403);
    }
  });

  it('lets nobody change what another application made', async () => {
    const twitch = await simulator();
    const helix = HelixClient.as(twitch, 'streamer');
    const others = [
      twitch.channels.addReward({ channel: 'streamer', title: 'Dashboard', cost: 1 }),
      twitch.channels.addReward({ channel: 'streamer', title: 'App', cost: 1, clientId: 'public' }),
    ];
    for (const { id } of others) {
      for (const [method, body] of [
        ['PATCH', {}],
        ['DELETE', undefined],
      ] as const) {
        expect((await helix.call(method, `${own}&id=${id}`, body)).status).toBe(403);
      }
      const redemptions = `${path}/redemptions?broadcaster_id=2002&reward_id=${id}`;
      expect((await helix.call('GET', `${redemptions}&status=UNFULFILLED`)).status).toBe(403);
      const settled = await helix.call('PATCH', `${redemptions}&id=x`, { status: 'CANCELED' });
      expect(settled.status).toBe(403);
    }
    expect((await helix.call('GET', own)).json.data).toHaveLength(2);
    expect((await helix.call('GET', `${own}&only_manageable_rewards=true`)).json.data).toEqual([]);
    const [app] = others.slice(1);
    const theirs = HelixClient.as(twitch, 'streamer', ['channel:manage:redemptions'], 'public');
    expect((await theirs.call('DELETE', `${own}&id=${app?.id}`)).status).toBe(204);
  });
});

describe('channel_points/custom_rewards/redemptions', () => {
  async function redeemed(count: number) {
    const twitch = await simulator();
    const helix = HelixClient.as(twitch, 'streamer');
    const made = await helix.call('POST', own, { title: 'Lamp', cost: 5 });
    const reward = String(made.json.data?.[0]?.id);
    const ids = Array.from({ length: count }, (_, number) => {
      const as = { login: `viewer${number}` };
      return twitch.channels.redeem({ channel: 'streamer', as, reward: 'Lamp' }).id;
    });
    const place = `${path}/redemptions?broadcaster_id=2002&reward_id=${reward}`;
    return { twitch, helix, ids, place, reward };
  }

  it('lists by status in pages, in either order', async () => {
    const { helix, ids, place } = await redeemed(3);
    const first = await helix.call('GET', `${place}&status=UNFULFILLED&first=2`);
    expect(first.json.data?.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    const { cursor } = first.json.pagination as { cursor: string };
    const rest = await helix.call('GET', `${place}&status=UNFULFILLED&first=2&after=${cursor}`);
    expect(rest.json).toMatchObject({ data: [{ id: ids[2] }], pagination: {} });
    const newest = await helix.call('GET', `${place}&status=UNFULFILLED&sort=NEWEST`);
    expect(newest.json.data?.map(({ id }) => id)).toEqual(ids.toReversed());
    expect((await helix.call('GET', place)).status).toBe(400);
    expect((await helix.call('GET', `${place}&status=UNFULFILLED&first=51`)).status).toBe(400);
  });

  it('settles up to fifty at once, each once', async () => {
    const { helix, ids, place, twitch } = await redeemed(51);
    const all = ids.map((id) => `&id=${id}`);
    const settle = (query: string, status: string) =>
      helix.call('PATCH', `${place}${query}`, { status });
    expect((await settle(all.join(''), 'CANCELED')).status).toBe(400);
    const fifty = await settle(all.slice(0, 50).join(''), 'CANCELED');
    expect(fifty.json.data).toHaveLength(50);
    expect((await settle(all.slice(0, 50).join(''), 'FULFILLED')).status).toBe(404);
    expect((await settle(all.slice(49).join(''), 'FULFILLED')).json.data).toHaveLength(1);
    expect((await settle('&id=nothing', 'FULFILLED')).status).toBe(404);
    expect((await settle(all.slice(0, 1).join(''), 'CANCELLED')).status).toBe(400);
    const statuses = twitch.channels.redemptions('streamer').map(({ status }) => status);
    expect(statuses.slice(-2)).toEqual(['CANCELED', 'FULFILLED']);
  });

  it('fulfils what is open when the reward is deleted', async () => {
    const { helix, twitch, reward } = await redeemed(1);
    await helix.call('DELETE', `${own}&id=${reward}`);
    expect(twitch.channels.redemptions('streamer')).toMatchObject([{ status: 'FULFILLED' }]);
  });
});
