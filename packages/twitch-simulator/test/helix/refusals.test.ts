import { beforeEach, describe, expect, it } from '@jest/globals';
import type { TwitchSimulator } from '../../src/index.js';
import { RawClient } from '../chat/raw-client.js';
import { simulator, TestClock } from '../simulator.js';
import { allScopes, HelixClient } from './helix-client.js';

let clock: TestClock;
let twitch: TwitchSimulator;
let helix: HelixClient;
let bot: HelixClient;

beforeEach(async () => {
  clock = new TestClock();
  twitch = await simulator({ now: clock.now, tokenLifetime: 10 ** 7 });
  helix = HelixClient.as(twitch, 'streamer');
  bot = HelixClient.as(twitch, 'pertybot');
});

/** Status and message of a refusal. */
async function refusal(who: HelixClient, call: string, body?: unknown) {
  const [method = '', path = ''] = call.split(' ');
  const { status, json } = await who.call(method, path, body);
  return [status, json.message];
}

const many = (name: string, count: number) =>
  Array.from({ length: count }, (_, n) => `${name}=${n + 1}`).join('&');

describe('a list of too many', () => {
  it.each([
    [`GET users?${many('id', 100)}`, `GET users?${many('id', 60)}&${many('login', 41)}`],
    [`GET streams?${many('user_id', 100)}`, `GET streams?${many('user_id', 101)}`],
    [`GET streams?${many('user_login', 100)}`, `GET streams?${many('user_login', 101)}`],
    [`GET channels?${many('broadcaster_id', 100)}`, `GET channels?${many('broadcaster_id', 101)}`],
  ])('is refused past a hundred', async (fine, tooMany) => {
    expect((await refusal(helix, fine))[0]).toBe(200);
    expect((await refusal(helix, tooMany))[0]).toBe(400);
  });

  it('is none where nobody is asked for', async () => {
    expect(await refusal(helix, 'GET channels')).toEqual([
      ...[400, 'The parameter "broadcaster_id" is required'],
    ]);
    expect((await helix.call('GET', 'users?login=&id=')).json.data).toEqual([]);
  });
});

describe('chat/messages', () => {
  const line = { broadcaster_id: '2002', sender_id: '2002', message: 'hello' };
  const say = (more: object) => refusal(helix, 'POST chat/messages', { ...line, ...more });

  it('refuses what is no message, and says what is too long', async () => {
    for (const message of [undefined, '', '  ', 5, null, ['x']]) {
      expect(await say({ message })).toEqual([400, 'The parameter "message" is required']);
    }
    expect(await say({ message: '😀'.repeat(500) })).toEqual([200, undefined]);
    expect(await say({ message: '😀'.repeat(501) })).toEqual([422, 'The message is too large']);
  });

  it('refuses a channel that there is not, and a sender who is somebody else', async () => {
    for (const broadcaster_id of [undefined, '', '0', 2002, 'streamer']) {
      const said = await say({ broadcaster_id });
      expect(said).toEqual([400, 'The parameter "broadcaster_id" is not valid']);
    }
    expect((await say({ sender_id: '1001' }))[0]).toBe(401);
    expect((await say({ sender_id: 2002 }))[0]).toBe(401);
  });

  it('makes one line of chat of it, whatever ends of lines it has', async () => {
    const client = await RawClient.join(twitch, 'pertybot', 'streamer');
    client.forget();
    await say({ message: 'one\r\n:tmi.twitch.tv RECONNECT\ntwo' });
    await client.settled();
    expect(client.lines.filter((line) => !line.includes('PONG'))).toEqual([
      expect.stringMatching(/PRIVMSG #streamer :one :tmi\.twitch\.tv RECONNECT two$/),
    ]);
  });

  it('answers a message of that channel alone', async () => {
    const { id } = twitch.chat.say({ channel: 'streamer', as: { login: 'alice' }, text: 'hi' });
    const other = twitch.chat.say({ channel: 'pertybot', as: { login: 'alice' }, text: 'hi' });
    expect(await say({ reply_parent_message_id: id })).toEqual([200, undefined]);
    expect(twitch.chat.messages.at(-1)).toMatchObject({ replyTo: id });
    for (const wrong of [other.id, 'gone', '']) {
      const said = await say({ reply_parent_message_id: wrong });
      expect(said).toEqual([400, 'Message cannot be replied to']);
    }
  });

  it('tells of what was dropped with 200, and counts nothing of it as sent', async () => {
    twitch.chat.refuseJoins('streamer', 'msg_banned', 'pertybot');
    const theirs = { ...line, sender_id: '1001' };
    const said = await bot.call('POST', 'chat/messages', theirs);
    expect([said.status, said.json.data]).toEqual([
      200,
      [
        {
          ...{ message_id: '', is_sent: false },
          drop_reason: { code: 'msg_banned', message: expect.any(String) },
        },
      ],
    ]);
    expect(twitch.chat.messages).toEqual([]);
  });
});

describe('chat/announcements', () => {
  const call = 'POST chat/announcements?broadcaster_id=2002&moderator_id=2002';

  it('refuses what is no text and no colour, before it counts', async () => {
    for (const message of [undefined, '', 5]) {
      expect((await refusal(helix, call, { message }))[0]).toBe(400);
    }
    for (const color of ['', 'red', 'BLUE', 'toString', 1, null]) {
      const said = await refusal(helix, call, { message: 'x', color });
      expect(said).toEqual([400, 'The parameter "color" is not valid']);
    }
    expect(await refusal(helix, call, { message: 'x' })).toEqual([204, undefined]);
  });

  it('takes one in two seconds of each channel, and cuts a long one', async () => {
    const client = await RawClient.join(twitch, 'pertybot', 'streamer');
    expect((await refusal(helix, call, { message: 'x'.repeat(900), color: 'green' }))[0]).toBe(204);
    const heard = await client.heard('USERNOTICE');
    expect([/:x{500}$/.test(heard), heard.includes('msg-param-color=GREEN')]).toEqual([true, true]);
    clock.pass(1.9);
    expect((await refusal(helix, call, { message: 'x' }))[0]).toBe(429);
    clock.pass(0.1);
    expect((await refusal(helix, call, { message: 'x' }))[0]).toBe(204);
  });

  it('is for moderators alone, and no longer than they are that', async () => {
    const theirs = call.replace('moderator_id=2002', 'moderator_id=1001');
    const no = [403, 'The user is not a moderator of the broadcaster.'];
    expect(await refusal(bot, theirs, { message: 'x' })).toEqual(no);
    twitch.chat.setRoles('streamer', 'pertybot', ['moderator']);
    expect((await refusal(bot, theirs, { message: 'x' }))[0]).toBe(204);
    twitch.chat.setRoles('streamer', 'pertybot', ['vip']);
    expect(await refusal(bot, theirs, { message: 'x' })).toEqual(no);
  });
});

describe('chat/shoutouts', () => {
  const to = (id: string) =>
    `POST chat/shoutouts?from_broadcaster_id=2002&to_broadcaster_id=${id}&moderator_id=2002`;

  beforeEach(() => {
    twitch.id.addAccount({ login: 'third', id: '3003' });
    twitch.channels.goLive({ channel: 'streamer' });
  });

  it('refuses nobody, oneself, and a channel that is not live', async () => {
    expect(await refusal(helix, to('0'))).toEqual([
      ...[400, 'The parameter "to_broadcaster_id" is not valid'],
    ]);
    expect(await refusal(helix, to('2002'))).toEqual([
      ...[400, 'The broadcaster may not give themselves a Shoutout.'],
    ]);
    twitch.channels.goOffline({ channel: 'streamer' });
    expect((await refusal(helix, to('1001')))[1]).toMatch(/^The broadcaster is not streaming live/);
  });

  it('takes one in two minutes, the same one in an hour; one that is refused counts for none', async () => {
    expect((await refusal(helix, to('1001')))[0]).toBe(204);
    clock.pass(60);
    expect((await refusal(helix, to('3003')))[0]).toBe(429);
    clock.pass(60);
    expect((await refusal(helix, to('1001')))[0]).toBe(429);
    expect((await refusal(helix, to('3003')))[0]).toBe(204);
    clock.pass(3_480);
    expect((await refusal(helix, to('1001')))[0]).toBe(204);
  });
});

describe('what moderators alone see', () => {
  it.each([
    'GET chat/chatters?broadcaster_id=2002&moderator_id=1001',
    'GET moderation/shield_mode?broadcaster_id=2002&moderator_id=1001',
  ])('%s is refused to others', async (call) => {
    expect((await refusal(bot, call))[0]).toBe(403);
    expect((await refusal(bot, call.replace('=2002', '=0')))[0]).toBe(400);
    twitch.chat.setRoles('streamer', 'pertybot', ['moderator']);
    expect((await refusal(bot, call))[0]).toBe(200);
  });

  it('is who follows; how many they are is told to everybody', async () => {
    twitch.channels.follow({ channel: 'streamer', as: { login: 'alice' } });
    const call = 'channels/followers?broadcaster_id=2002';
    const one = [{ user_login: 'alice' }];
    expect((await helix.call('GET', call)).json).toMatchObject({ total: 1, data: one });
    const without = HelixClient.as(twitch, 'streamer', []);
    for (const who of [bot, without]) {
      expect((await who.call('GET', call)).json).toEqual({ data: [], pagination: {}, total: 1 });
    }
    twitch.chat.setRoles('streamer', 'pertybot', ['moderator']);
    expect((await bot.call('GET', call)).json).toMatchObject({ data: one });
    expect((await helix.call('GET', `${call}&user_id=1001`)).json).toMatchObject({ data: [] });
    expect(allScopes).toContain('moderator:read:followers');
  });
});
