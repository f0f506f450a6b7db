import { describe, expect, it } from '@jest/globals';
import { HelixClient } from '../helix/helix-client.js';
import { simulator } from '../simulator.js';
import { EventClient } from './event-client.js';

const redemptions = 'channel.channel_points_custom_reward_redemption';

describe('EventSub over a real socket', () => {
  it('welcomes with the shapes of Twitch', async () => {
    const twitch = await simulator();
    const client = await EventClient.open(twitch);
    const { metadata, payload } = await client.next('session_welcome');
    expect(metadata.message_timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/);
    expect(payload.session).toMatchObject({
      id: expect.stringMatching(/^AgoQ[\w-]{22}IGY2VsbC1h$/),
      status: 'connected',
      keepalive_timeout_seconds: 10,
      reconnect_url: null,
    });
    expect(payload.session?.id).toHaveLength(36);
  });

  it('tells of a follow to whom subscribed to it', async () => {
    const twitch = await simulator();
    const client = await EventClient.open(twitch);
    const helix = HelixClient.as(twitch, 'streamer', ['moderator:read:followers']);
    const created = await helix.subscribe(client, 'channel.follow', '2');
    expect(created).toMatchObject({
      status: 202,
      json: {
        total: 1,
        total_cost: 0,
        max_total_cost: 10,
        data: [{ status: 'enabled', type: 'channel.follow', version: '2', cost: 0 }],
      },
    });
    twitch.channels.follow({ channel: 'streamer', as: { login: 'alice', displayName: 'Alice' } });
    const { payload } = await client.next('notification');
    expect(payload.subscription).toMatchObject({
      id: created.json.data?.[0]?.id,
      transport: { method: 'websocket', session_id: client.sessionId },
      condition: { broadcaster_user_id: '2002', moderator_user_id: '2002' },
    });
    expect(payload.event).toEqual({
      user_id: expect.stringMatching(/^\d+$/),
      user_login: 'alice',
      user_name: 'Alice',
      broadcaster_user_id: '2002',
      broadcaster_user_login: 'streamer',
      broadcaster_user_name: 'Streamer',
      followed_at: expect.stringMatching(/\.\d{9}Z$/),
    });
  });

  it('carries a redemption from the viewer to its refund', async () => {
    const twitch = await simulator();
    const scopes = ['channel:manage:redemptions'];
    const helix = HelixClient.as(twitch, 'streamer', scopes);
    const client = await EventClient.subscribed(
      twitch,
      scopes,
      `${redemptions}.add`,
      `${redemptions}.update`,
    );
    const made = await helix.call('POST', 'channel_points/custom_rewards?broadcaster_id=2002', {
      title: 'Confetti',
      cost: 500,
    });
    expect(made).toMatchObject({ status: 200, json: { data: [{ title: 'Confetti', cost: 500 }] } });
    const reward = String(made.json.data?.[0]?.id);
    const { id } = twitch.channels.redeem({
      channel: 'streamer',
      as: { login: 'alice' },
      reward: 'confetti',
    });
    expect(await client.event(`${redemptions}.add`)).toMatchObject({
      id,
      user_login: 'alice',
      user_input: '',
      status: 'unfulfilled',
      reward: { id: reward, title: 'Confetti', cost: 500, prompt: '' },
    });
    const path = 'channel_points/custom_rewards/redemptions?broadcaster_id=2002';
    const settled = await helix.call('PATCH', `${path}&reward_id=${reward}&id=${id}`, {
      status: 'CANCELED',
    });
    expect(settled).toMatchObject({ status: 200, json: { data: [{ id, status: 'CANCELED' }] } });
    expect(await client.event(`${redemptions}.update`)).toMatchObject({ id, status: 'canceled' });
    const again = await helix.call('PATCH', `${path}&reward_id=${reward}&id=${id}`, {
      status: 'FULFILLED',
    });
    expect(again.status).toBe(404);
  });
});
