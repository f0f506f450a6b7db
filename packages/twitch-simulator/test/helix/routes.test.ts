import { describe, expect, it } from '@jest/globals';
import { RawClient } from '../chat/raw-client.js';
import { EventClient } from '../eventsub/event-client.js';
import { simulator } from '../simulator.js';
import { allScopes, HelixClient } from './helix-client.js';

async function streamer() {
  const twitch = await simulator();
  return { twitch, helix: HelixClient.as(twitch, 'streamer') };
}

describe('who and what is there', () => {
  it('finds people by id and login, and oneself', async () => {
    const { helix } = await streamer();
    const both = await helix.call('GET', 'users?id=1001&login=STREAMER&login=nobody');
    expect(both.json.data).toMatchObject([
      { id: '1001', login: 'pertybot', display_name: 'PertyBot', broadcaster_type: 'affiliate' },
      { id: '2002', login: 'streamer' },
    ]);
    expect((await helix.call('GET', 'users')).json.data).toMatchObject([{ id: '2002' }]);
  });

  it('knows who is live, and what the channel is called', async () => {
    const { twitch, helix } = await streamer();
    expect((await helix.call('GET', 'streams?user_id=2002')).json.data).toEqual([]);
    twitch.channels.goLive({ channel: 'streamer' });
    const changed = await helix.call('PATCH', 'channels?broadcaster_id=2002', { title: 'Blink' });
    expect(changed.status).toBe(204);
    expect((await helix.call('GET', 'streams?user_login=streamer')).json.data).toMatchObject([
      { user_id: '2002', type: 'live', title: 'Blink' },
    ]);
    expect((await helix.call('GET', 'channels?broadcaster_id=2002')).json.data).toMatchObject([
      { title: 'Blink', broadcaster_login: 'streamer' },
    ]);
  });

  it('lists followers, subscribers, and who sits in chat', async () => {
    const { twitch, helix } = await streamer();
    twitch.channels.follow({ channel: 'streamer', as: { login: 'alice' } });
    twitch.chat.usernotice({
      channel: 'streamer',
      type: 'sub',
      as: { login: 'bob' },
      plan: '2000',
    });
    await RawClient.join(twitch);
    const followers = await helix.call('GET', 'channels/followers?broadcaster_id=2002');
    expect(followers.json).toMatchObject({ total: 1, data: [{ user_login: 'alice' }] });
    const subscribers = await helix.call('GET', 'subscriptions?broadcaster_id=2002');
    expect(subscribers.json.data).toMatchObject([{ user_login: 'bob', tier: '2000' }]);
    const path = 'chat/chatters?broadcaster_id=2002&moderator_id=2002';
    expect((await helix.call('GET', path)).json).toMatchObject({ total: expect.any(Number) });
  });
});

describe('chat over the API', () => {
  it('says a line, which chat and EventSub show', async () => {
    const { twitch, helix } = await streamer();
    const client = await EventClient.open(twitch);
    await helix.subscribe(client, 'channel.chat.message', '1', { user_id: '2002' });
    const body = { broadcaster_id: '2002', sender_id: '2002', message: 'hello' };
    const sent = await helix.call('POST', 'chat/messages', body);
    const id = String(sent.json.data?.[0]?.message_id);
    expect(sent.json.data).toMatchObject([{ is_sent: true, drop_reason: null }]);
    expect(twitch.chat.messages).toMatchObject([{ id, text: 'hello', login: 'streamer' }]);
    expect(await client.event('channel.chat.message')).toMatchObject({ message_id: id });
  });

  it('tells what it dropped, which is no error', async () => {
    const { twitch, helix } = await streamer();
    twitch.chat.faults.refuseMessages('streamer', 'msg_rejected');
    const body = { broadcaster_id: '2002', sender_id: '2002', message: 'rude' };
    const dropped = await helix.call('POST', 'chat/messages', body);
    expect(dropped).toMatchObject({
      status: 200,
      json: { data: [{ is_sent: false, drop_reason: { code: 'msg_rejected' } }] },
    });
    const long = await helix.call('POST', 'chat/messages', { ...body, message: 'x'.repeat(501) });
    expect(long.status).toBe(422);
    const foreign = await helix.call('POST', 'chat/messages', { ...body, sender_id: '1001' });
    expect(foreign.status).toBe(401);
  });

  it('announces and praises, as often as Twitch lets one', async () => {
    const { twitch, helix } = await streamer();
    const announce = 'chat/announcements?broadcaster_id=2002&moderator_id=2002';
    const hear = { message: 'hear', color: 'blue' };
    expect((await helix.call('POST', announce, hear)).status).toBe(204);
    expect((await helix.call('POST', announce, hear)).status).toBe(429);
    expect((await helix.call('POST', announce, { ...hear, color: 'red' })).status).toBe(400);
    const shout =
      'chat/shoutouts?from_broadcaster_id=2002&to_broadcaster_id=1001&moderator_id=2002';
    expect((await helix.call('POST', shout)).status).toBe(400);
    twitch.channels.goLive({ channel: 'streamer' });
    expect((await helix.call('POST', shout)).status).toBe(204);
    expect((await helix.call('POST', shout)).status).toBe(429);
    const bot = HelixClient.as(twitch, 'pertybot');
    const theirs = announce.replace('moderator_id=2002', 'moderator_id=1001');
    expect((await bot.call('POST', theirs, hear)).status).toBe(403);
  });
});

describe('shows over the API', () => {
  it('begins a poll and ends it', async () => {
    const { helix } = await streamer();
    const body = { broadcaster_id: '2002', title: 'Which?', duration: 15 };
    const choices = [{ title: 'red' }, { title: 'blue' }];
    expect((await helix.call('POST', 'polls', { ...body, choices: [] })).status).toBe(400);
    const begun = await helix.call('POST', 'polls', { ...body, choices });
    expect(begun.json.data).toMatchObject([{ status: 'ACTIVE', choices }]);
    expect((await helix.call('POST', 'polls', { ...body, choices })).status).toBe(400);
    const id = begun.json.data?.[0]?.id;
    const end = { broadcaster_id: '2002', id, status: 'TERMINATED' };
    expect((await helix.call('PATCH', 'polls', end)).json.data).toMatchObject([
      { status: 'TERMINATED' },
    ]);
    expect((await helix.call('PATCH', 'polls', end)).status).toBe(400);
  });

  it('begins a prediction, locks and resolves it', async () => {
    const { helix } = await streamer();
    const outcomes = [{ title: 'yes' }, { title: 'no' }];
    const body = { broadcaster_id: '2002', title: 'Will it?', outcomes, prediction_window: 30 };
    const begun = await helix.call('POST', 'predictions', body);
    const [made] = begun.json.data ?? [];
    const change = { broadcaster_id: '2002', id: made?.id };
    expect((await helix.call('PATCH', 'predictions', { ...change, status: 'LOCKED' })).status).toBe(
      200,
    );
    const [yes] = (made?.outcomes ?? []) as { id: string }[];
    const resolve = { ...change, status: 'RESOLVED', winning_outcome_id: yes?.id };
    expect((await helix.call('PATCH', 'predictions', resolve)).json.data).toMatchObject([
      { status: 'RESOLVED', winning_outcome_id: yes?.id },
    ]);
  });

  it('raids, runs ads, sets markers, and shows a hype train', async () => {
    const { twitch, helix } = await streamer();
    const client = await EventClient.subscribed(twitch, allScopes, 'channel.ad_break.begin');
    const raid = 'raids?from_broadcaster_id=2002&to_broadcaster_id=1001';
    expect((await helix.call('POST', raid)).status).toBe(200);
    const commercial = { broadcaster_id: '2002', length: 60 };
    expect((await helix.call('POST', 'channels/commercial', commercial)).status).toBe(400);
    expect((await helix.call('POST', 'streams/markers', { user_id: '2002' })).status).toBe(404);
    twitch.channels.goLive({ channel: 'streamer' });
    expect((await helix.call('POST', 'channels/commercial', commercial)).status).toBe(200);
    expect(await client.event('channel.ad_break.begin')).toMatchObject({ duration_seconds: 60 });
    expect((await helix.call('POST', 'streams/markers', { user_id: '2002' })).status).toBe(200);
    const status = 'hypetrain/status?broadcaster_id=2002';
    expect((await helix.call('GET', status)).json.data).toMatchObject([{ current: null }]);
    twitch.channels.hypeTrain({ channel: 'streamer', level: 2 });
    expect((await helix.call('GET', status)).json.data).toMatchObject([{ current: { level: 2 } }]);
    twitch.channels.customPowerUp({ channel: 'streamer', as: { login: 'a' }, title: 'Fog' });
    expect(
      (await helix.call('GET', 'bits/custom_power_ups?broadcaster_id=2002')).json.data,
    ).toMatchObject([{ title: 'Fog' }]);
  });
});
