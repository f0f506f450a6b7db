import { describe, expect, it } from '@jest/globals';
import type { JoinRefusal } from '../../src/index.js';
import { simulator } from '../simulator.js';
import { RawClient, tagsOf } from './raw-client.js';

describe('JOIN', () => {
  it('is answered by JOIN, names, USERSTATE and ROOMSTATE', async () => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch);
    client.forget();
    client.send('JOIN #perty');
    await client.heard('ROOMSTATE');
    const [join, names, end, userState = '', roomState = ''] = client.lines;
    expect([join, names, end]).toEqual([
      ':pertybot!pertybot@pertybot.tmi.twitch.tv JOIN #perty',
      ':pertybot.tmi.twitch.tv 353 pertybot = #perty :pertybot',
      ':pertybot.tmi.twitch.tv 366 pertybot #perty :End of /NAMES list',
    ]);
    expect(userState).toMatch(/ :tmi\.twitch\.tv USERSTATE #perty$/);
    expect(tagsOf(userState)).toMatchObject({ mod: '0', 'display-name': 'PertyBot' });
    expect(tagsOf(roomState)).toEqual({
      'emote-only': '0',
      'followers-only': '-1',
      r9k: '0',
      'room-id': expect.stringMatching(/^\d+$/),
      slow: '0',
      'subs-only': '0',
    });
  });

  it('takes several channels in one line', async () => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch);
    client.send('JOIN #one,#two,#three');
    await client.heard('ROOMSTATE #three');
    expect(['one', 'two', 'three'].map((channel) => twitch.chat.joined(channel))).toEqual([
      true,
      true,
      true,
    ]);
    expect(twitch.chat.joined('one', 'streamer')).toBe(false);
    expect(twitch.chat.joined('four')).toBe(false);
    expect(twitch.chat.members('#one')).toEqual(['pertybot']);
  });

  it.each([
    ['msg_channel_suspended', 'This channel does not exist or has been suspended.'],
    ['msg_banned', 'You are permanently banned from talking in gone.'],
  ] as const)('is refused with %s', async (why, text) => {
    const twitch = await simulator();
    twitch.chat.refuseJoins('gone', why);
    const client = await RawClient.join(twitch);
    const refused = twitch.chat.waitFor('joinRefused');
    client.send('JOIN #perty,#gone');
    expect(await client.heard('NOTICE')).toBe(
      `@msg-id=${why} :tmi.twitch.tv NOTICE #gone :${text}`,
    );
    expect(await refused).toEqual({ channel: 'gone', login: 'pertybot', reason: why });
    expect([twitch.chat.joined('perty'), twitch.chat.joined('gone')]).toEqual([true, false]);
    twitch.chat.allowJoins('gone');
    client.send('JOIN #gone');
    await client.heard('ROOMSTATE #gone');
  });

  it('may be refused without a word, and to one login only', async () => {
    const twitch = await simulator();
    const silent: JoinRefusal = 'silent';
    twitch.chat.refuseJoins('gone', silent, 'pertybot');
    const client = await RawClient.join(twitch);
    client.forget();
    client.send('JOIN #gone', 'JOIN #Gone', 'JOIN gone');
    await client.settled();
    expect(client.lines).toHaveLength(1);
    await RawClient.join(twitch, 'streamer', 'gone');
    expect(twitch.chat.members('gone')).toEqual(['streamer']);
  });

  it('is not possible before the login', async () => {
    const twitch = await simulator();
    const client = await RawClient.open(twitch);
    client.send('JOIN #perty');
    await client.settled();
    expect(twitch.chat.joined('perty')).toBe(false);
  });
});

describe('PART', () => {
  it('is echoed and ends what the channel says', async () => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch, 'pertybot', 'perty');
    const part = twitch.chat.waitFor('part');
    client.send('PART #perty');
    expect(await client.heard('PART')).toBe(
      ':pertybot!pertybot@pertybot.tmi.twitch.tv PART #perty',
    );
    expect((await part).channel).toBe('perty');
    client.forget();
    twitch.chat.say({ channel: 'perty', as: { login: 'viewer' }, text: 'anybody?' });
    await client.settled();
    expect(client.lines).toHaveLength(1);
  });
});

describe('membership', () => {
  it('tells those who asked for it who comes and goes', async () => {
    const twitch = await simulator();
    const watcher = await RawClient.join(twitch, 'streamer', 'perty');
    watcher.send('CAP REQ :twitch.tv/membership');
    await watcher.settled();
    const client = await RawClient.join(twitch, 'pertybot', 'perty');
    client.send('PART #perty');
    await watcher.heard(':pertybot!pertybot@pertybot.tmi.twitch.tv JOIN #perty');
    await watcher.heard(':pertybot!pertybot@pertybot.tmi.twitch.tv PART #perty');
    expect(client.lines.join('\n')).not.toContain('streamer!');
  });
});
