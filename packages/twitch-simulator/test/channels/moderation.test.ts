import { beforeEach, describe, expect, it } from '@jest/globals';
import type { TwitchSimulator } from '../../src/index.js';
import { EventClient } from '../eventsub/event-client.js';
import { HelixClient } from '../helix/helix-client.js';
import { simulator } from '../simulator.js';

const scopes = [
  ...['user:read:chat', 'channel:moderate', 'moderation:read', 'channel:read:vips'],
  ...['moderator:manage:banned_users', 'user:manage:whispers', 'moderator:read:followers'],
];
const channel = 'streamer';

let twitch: TwitchSimulator;
let client: EventClient;

beforeEach(async () => {
  twitch = await simulator();
  client = await EventClient.open(twitch);
});

/** Subscribes to types, each with what its condition needs. */
async function listen(...types: readonly string[]): Promise<void> {
  const helix = HelixClient.as(twitch, 'streamer', scopes);
  for (const each of types) {
    const [type = '', version = '1'] = each.split(' ');
    const reader: Readonly<Record<string, string>> = /chat/.test(type) ? { user_id: '2002' } : {};
    const more = type === 'channel.moderate' ? { moderator_user_id: '2002' } : reader;
    const { status, json } = await helix.subscribe(client, type, version, more);
    expect([each, status, json.message]).toEqual([each, 202, undefined]);
  }
}

const alice = { user_id: expect.any(String), user_login: 'alice', user_name: 'alice' };

describe('what a moderator does in chat', () => {
  it('is a ban, which is for good', async () => {
    await listen('channel.ban', 'channel.chat.clear_user_messages', 'channel.moderate 2');
    twitch.chat.clearchat({ channel, login: 'alice' });
    expect(await client.event('channel.ban')).toMatchObject({
      ...{ ...alice, broadcaster_user_login: 'streamer', is_permanent: true, ends_at: null },
    });
    expect(await client.event('channel.chat.clear_user_messages')).toMatchObject({
      target_user_login: 'alice',
    });
    const done = await client.event('channel.moderate');
    expect(done).toMatchObject({ action: 'ban', ban: alice, timeout: null, warn: null });
  });

  it('is a time-out, which ends', async () => {
    await listen('channel.ban', 'channel.moderate 1');
    twitch.chat.clearchat({ channel, login: 'alice', duration: 600 });
    const ban = await client.event('channel.ban');
    const lasts = Date.parse(String(ban.ends_at)) - Date.parse(String(ban.banned_at));
    expect([ban.is_permanent, lasts]).toEqual([false, 600_000]);
    expect(await client.event('channel.moderate')).toMatchObject({
      ...{ action: 'timeout', timeout: { ...alice, expires_at: ban.ends_at }, ban: null },
    });
  });

  it('may be taken back', async () => {
    await listen('channel.unban', 'channel.moderate 2');
    twitch.channels.unban({ channel, as: { login: 'alice' } });
    expect(await client.event('channel.unban')).toMatchObject(alice);
    expect(await client.event('channel.moderate')).toMatchObject({ action: 'unban', unban: alice });
  });

  it('is the end of a message, of which chat and EventSub know what it said', async () => {
    await listen('channel.chat.message_delete', 'channel.moderate 2');
    const { id } = twitch.chat.say({ channel, as: { login: 'alice' }, text: 'rude words' });
    twitch.chat.clearmsg({ channel, id });
    const deleted = await client.event('channel.chat.message_delete');
    expect(deleted).toMatchObject({ message_id: id, target_user_login: 'alice' });
    expect(await client.event('channel.moderate')).toMatchObject({
      ...{ action: 'delete', delete: { ...alice, message_id: id, message_body: 'rude words' } },
    });
  });

  it('is the end of all that was said', async () => {
    await listen('channel.chat.clear', 'channel.moderate 2');
    twitch.chat.clearchat({ channel });
    expect(await client.event('channel.chat.clear')).toEqual({
      broadcaster_user_id: '2002',
      broadcaster_user_login: 'streamer',
      broadcaster_user_name: 'Streamer',
    });
    expect(await client.event('channel.moderate')).toMatchObject({ action: 'clear' });
  });

  it('goes nowhere where another channel is meant', async () => {
    await listen('channel.ban', 'channel.chat.clear');
    twitch.chat.clearchat({ channel: 'pertybot', login: 'alice' });
    twitch.chat.clearchat({ channel: 'pertybot' });
    twitch.chat.clearchat({ channel, login: 'bob' });
    expect(await client.event('channel.ban')).toMatchObject({ user_login: 'bob' });
    expect(client.events('channel.chat.clear')).toEqual([]);
  });
});

describe('the settings of a chat', () => {
  it('are told as a whole, by other names than those of its tags', async () => {
    await listen('channel.chat_settings.update');
    twitch.chat.roomstate({ channel, slow: '30', 'followers-only': '0' });
    expect(await client.event('channel.chat_settings.update')).toMatchObject({
      ...{ slow_mode: true, slow_mode_wait_time_seconds: 30, emote_mode: false },
      ...{ follower_mode: true, follower_mode_duration_minutes: 0, subscriber_mode: false },
    });
    twitch.chat.roomstate({ channel, slow: '0', 'followers-only': '-1', r9k: '1' });
    expect(await client.event('channel.chat_settings.update', 1)).toMatchObject({
      ...{ slow_mode: false, slow_mode_wait_time_seconds: null, unique_chat_mode: true },
      ...{ follower_mode: false, follower_mode_duration_minutes: null },
    });
    twitch.chat.roomstate({ channel, 'emote-only': '1', 'subs-only': '1' });
    expect(await client.event('channel.chat_settings.update', 2)).toMatchObject({
      ...{ emote_mode: true, subscriber_mode: true, unique_chat_mode: true },
    });
  });
});

describe('who becomes or stops being something in a channel', () => {
  it('is told of once, by what changed alone', async () => {
    const types = ['moderator.add', 'moderator.remove', 'vip.add', 'vip.remove'];
    await listen(...types.map((each) => `channel.${each}`));
    twitch.chat.setRoles(channel, 'Alice', ['moderator']);
    twitch.chat.setRoles(channel, 'alice', ['moderator', 'subscriber']);
    twitch.chat.setRoles(channel, 'alice', ['vip']);
    twitch.chat.setRoles(channel, 'alice', []);
    await client.event('channel.vip.remove');
    for (const each of types) expect(client.events(`channel.${each}`)).toMatchObject([alice]);
  });
});

describe('a whisper', () => {
  it('reaches its one reader, and no other', async () => {
    const helix = HelixClient.as(twitch, 'streamer', scopes);
    const condition = { user_id: '2002' };
    const made = await helix.call('POST', 'eventsub/subscriptions', {
      ...{ type: 'user.whisper.message', version: '1', condition },
      transport: { method: 'websocket', session_id: client.sessionId },
    });
    expect(made.status).toBe(202);
    twitch.chat.whisper({ from: 'alice', to: 'pertybot', text: 'not for you' });
    twitch.chat.whisper({ from: 'alice', to: 'Streamer', text: 'for you' });
    expect(await client.event('user.whisper.message')).toMatchObject({
      ...{ from_user_login: 'alice', to_user_id: '2002', whisper: { text: 'for you' } },
    });
    expect(client.events('user.whisper.message')).toHaveLength(1);
  });
});
