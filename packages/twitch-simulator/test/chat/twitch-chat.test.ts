import { describe, expect, it } from '@jest/globals';
import { simulator } from '../simulator.js';
import { RawClient, tagsOf } from './raw-client.js';

describe('TwitchChat', () => {
  it('times out, bans and clears', async () => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch, 'pertybot', 'perty');
    client.forget();
    twitch.chat.clearchat({ channel: 'perty', login: 'Bad', duration: 600 });
    twitch.chat.clearchat({ channel: 'perty', login: 'worse' });
    twitch.chat.clearchat({ channel: 'perty' });
    await client.settled();
    const [timeout = '', ban = '', clear = ''] = client.lines;
    expect(timeout).toMatch(/ :tmi\.twitch\.tv CLEARCHAT #perty :bad$/);
    expect(tagsOf(timeout)['ban-duration']).toBe('600');
    expect(ban).toMatch(/ CLEARCHAT #perty :worse$/);
    expect(tagsOf(ban)).not.toHaveProperty('ban-duration');
    expect(clear).toMatch(/ CLEARCHAT #perty$/);
    expect(tagsOf(clear)).not.toHaveProperty('target-user-id');
  });

  it('deletes a message that it remembers', async () => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch, 'pertybot', 'perty');
    const { id } = twitch.chat.say({ channel: 'perty', as: { login: 'bad' }, text: 'rude words' });
    twitch.chat.clearmsg({ channel: 'perty', id });
    const line = await client.heard('CLEARMSG');
    expect(line).toMatch(/ CLEARMSG #perty :rude words$/);
    expect(tagsOf(line)).toMatchObject({ login: 'bad', 'target-msg-id': id });
  });

  it('sends notices in Twitch’s words or one’s own', async () => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch, 'pertybot', 'perty');
    twitch.chat.notice({ channel: 'perty', msgId: 'msg_slowmode', text: 'Slow down.' });
    twitch.chat.notice({ channel: 'perty', msgId: 'msg_ratelimit' });
    expect(await client.heard('msg_slowmode')).toBe(
      '@msg-id=msg_slowmode :tmi.twitch.tv NOTICE #perty :Slow down.',
    );
    expect(await client.heard('msg_ratelimit')).toContain('sending messages too quickly');
  });

  it('sends only the settings that changed, and all of them to who joins later', async () => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch, 'pertybot', 'perty');
    client.forget();
    twitch.chat.roomstate({ channel: 'perty', slow: '10' });
    expect(Object.keys(tagsOf(await client.heard('ROOMSTATE')))).toEqual(['room-id', 'slow']);
    const other = await RawClient.join(twitch, 'streamer', 'perty');
    expect(tagsOf(await other.heard('ROOMSTATE'))).toMatchObject({ slow: '10', r9k: '0' });
  });

  it('makes the bot a moderator and tells it so', async () => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch, 'pertybot', 'perty');
    client.forget();
    twitch.chat.setRoles('perty', 'PertyBot', ['moderator']);
    expect(tagsOf(await client.heard('USERSTATE'))).toMatchObject({
      badges: 'moderator/1',
      mod: '1',
      'user-type': 'mod',
    });
    client.forget();
    twitch.chat.setRoles('perty', 'pertybot', ['vip']);
    expect(tagsOf(await client.heard('USERSTATE'))).toMatchObject({ badges: 'vip/1', mod: '0' });
  });

  it('whispers to one login alone', async () => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch, 'pertybot');
    const other = await RawClient.join(twitch, 'streamer');
    twitch.chat.whisper({ from: 'viewer', to: 'pertybot', text: 'psst' });
    expect(await client.heard('WHISPER')).toMatch(/ WHISPER pertybot :psst$/);
    await other.settled();
    expect(other.lines.join('\n')).not.toContain('WHISPER');
  });

  it('sends raw lines, and so many lines a frame', async () => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch);
    client.forget();
    twitch.chat.raw(':tmi.twitch.tv NOTICE * :raw');
    twitch.chat.frames(['a', 'b', 'c', 'd', 'e'], 2);
    await client.settled();
    expect(client.frames.slice(0, 4)).toEqual([
      ':tmi.twitch.tv NOTICE * :raw\r\n',
      'a\r\nb\r\n',
      'c\r\nd\r\n',
      'e\r\n',
    ]);
  });

  it('floods a channel at a steady pace', async () => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch, 'pertybot', 'perty');
    client.forget();
    const started = performance.now();
    await twitch.chat.flood({ channel: 'perty', count: 400, perSecond: 2000, perFrame: 8 });
    const took = performance.now() - started;
    await client.heard('message 399');
    expect(client.lines.filter((line) => line.includes('PRIVMSG'))).toHaveLength(400);
    expect(client.frames.length).toBeLessThan(400);
    expect(took).toBeGreaterThan(150);
  });

  it('waits for what is still to come, and gives up in time', async () => {
    const twitch = await simulator();
    const joined = twitch.chat.until(() => twitch.chat.joined('perty'));
    await RawClient.join(twitch, 'pertybot', 'perty');
    await joined;
    const never = twitch.chat.waitFor('message', ({ text }) => text === 'never', 20);
    await expect(never).rejects.toMatchObject({ code: 'SIMULATOR_WAIT_TIMEOUT' });
    await expect(twitch.chat.until(() => false, 20)).rejects.toThrow(
      'Waited 20 ms for the condition in vain.',
    );
  });

  it('tells plain HTTP callers what it is', async () => {
    const twitch = await simulator();
    const answer = await fetch(twitch.chatUrl.url.replace('ws:', 'http:'));
    expect(answer.status).toBe(426);
  });
});
