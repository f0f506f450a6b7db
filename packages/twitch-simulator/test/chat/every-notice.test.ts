import { describe, expect, it } from '@jest/globals';
import { noticeText } from '../../src/chat/notices.js';
import { simulator } from '../simulator.js';
import { RawClient } from './raw-client.js';

/** The ids with which Twitch refuses what somebody writes. */
const refusals = [
  ...['msg_duplicate', 'msg_ratelimit', 'msg_slowmode', 'msg_followersonly', 'msg_subsonly'],
  ...['msg_emoteonly', 'msg_r9k', 'msg_banned', 'msg_timedout', 'msg_rejected'],
  ...['msg_rejected_mandatory', 'msg_channel_suspended', 'msg_suspended', 'msg_verified_email'],
  ...['msg_requires_verified_phone_number', 'msg_bad_characters', 'no_permission', 'tos_ban'],
];

describe('a notice', () => {
  it.each(refusals)('%s comes with its id and words, and the message is not shown', async (id) => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch, 'pertybot', 'perty');
    twitch.chat.faults.refuseMessages('perty', id);
    client.forget();
    client.send('PRIVMSG #perty :hello');
    const line = await client.heard('NOTICE');
    expect(line).toBe(`@msg-id=${id} :tmi.twitch.tv NOTICE #perty :${noticeText(id, 'perty')}`);
    await client.settled();
    expect(client.lines.some((each) => each.includes('USERSTATE'))).toBe(false);
    expect(twitch.chat.messages).toEqual([]);
    expect(noticeText(id, 'perty')).not.toContain('CHANNEL');
  });

  it('has words for an id that nobody knows, and for one that every object has', () => {
    expect(noticeText('msg_new', 'perty')).toBe('Notice msg_new.');
    expect(noticeText('constructor', 'perty')).toBe('Notice constructor.');
  });

  it('is seen without tags by whoever did not ask for them', async () => {
    const twitch = await simulator();
    const { accessToken } = twitch.id.issueToken({ login: 'pertybot' });
    const client = await RawClient.open(twitch);
    client.send(`PASS oauth:${accessToken}`, 'NICK pertybot', 'JOIN #perty');
    await client.heard(' 366 ');
    twitch.chat.notice({ channel: 'perty', msgId: 'slow_on', text: 'Slow.' });
    expect(await client.heard('NOTICE')).toBe(':tmi.twitch.tv NOTICE #perty :Slow.');
  });

  it('is told in the channel alone', async () => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch, 'pertybot', 'perty');
    twitch.chat.notice({ channel: 'other', msgId: 'slow_on' });
    await client.settled();
    expect(client.lines.some((line) => line.includes('NOTICE'))).toBe(false);
  });
});

describe('the room in which somebody writes', () => {
  it.each(['msg_banned', 'msg_channel_suspended', 'msg_room_not_found', 'tos_ban'] as const)(
    'refuses who wants in with %s, and lets all others in',
    async (why) => {
      const twitch = await simulator();
      twitch.chat.refuseJoins('perty', why, 'pertybot');
      const client = await RawClient.join(twitch);
      client.send('JOIN #perty,#other');
      expect(await client.heard('NOTICE')).toContain(`@msg-id=${why} `);
      await client.heard('ROOMSTATE #other');
      expect([twitch.chat.joined('perty'), twitch.chat.joined('other')]).toEqual([false, true]);
      await RawClient.join(twitch, 'streamer', 'perty');
      twitch.chat.allowJoins('perty');
      client.send('JOIN #perty');
      await client.heard('ROOMSTATE #perty');
      expect(twitch.chat.members('perty')).toEqual(['pertybot', 'streamer']);
    },
  );

  it('may say nothing at all to whom it keeps out', async () => {
    const twitch = await simulator();
    twitch.chat.refuseJoins('perty', 'silent');
    const client = await RawClient.join(twitch);
    client.forget();
    client.send('JOIN #perty');
    await client.settled();
    expect(client.lines.filter((line) => !line.includes('PONG'))).toEqual([]);
  });

  it('is no room under a name that no channel has', async () => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch);
    const refused: string[] = [];
    twitch.chat.on('joinRefused', ({ channel, reason }) => refused.push(`${channel}: ${reason}`));
    client.send('JOIN #Perty,#a-b,#,##x,perty,#ä', `JOIN #${'x'.repeat(26)}`);
    await client.settled();
    expect(refused).toHaveLength(6);
    expect(new Set(refused.map((each) => each.split(': ')[1]))).toEqual(
      new Set(['no channel name']),
    );
  });
});
