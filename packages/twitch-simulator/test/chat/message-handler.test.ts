import { describe, expect, it } from '@jest/globals';
import { simulator } from '../simulator.js';
import { RawClient, tagsOf } from './raw-client.js';

describe('a message from a client', () => {
  it('is told to listeners, kept, and answered with USERSTATE alone', async () => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch, 'pertybot', 'perty');
    client.forget();
    const message = twitch.chat.waitFor('message');
    client.send('PRIVMSG #perty :hello: there');
    expect(await message).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      channel: 'perty',
      login: 'pertybot',
      text: 'hello: there',
      action: false,
      replyTo: undefined,
      clientNonce: undefined,
      tags: {},
      raw: 'PRIVMSG #perty :hello: there',
      at: expect.any(Number),
    });
    await client.settled();
    expect(client.lines).toHaveLength(2);
    expect(client.lines[0]).toContain('USERSTATE #perty');
    expect(tagsOf(client.lines[0] ?? '')).not.toHaveProperty('id');
    expect(twitch.chat.messages.map((each) => each.text)).toEqual(['hello: there']);
  });

  it('is heard by the others in the channel', async () => {
    const twitch = await simulator();
    const other = await RawClient.join(twitch, 'streamer', 'perty');
    const client = await RawClient.join(twitch, 'pertybot', 'perty');
    client.send('PRIVMSG #perty :\u0001ACTION waves\u0001');
    const line = await other.heard('PRIVMSG');
    expect(line).toContain(
      ':pertybot!pertybot@pertybot.tmi.twitch.tv PRIVMSG #perty :\u0001ACTION waves\u0001',
    );
    expect(tagsOf(line)).toMatchObject({ 'user-id': '1001', 'display-name': 'PertyBot' });
    expect(twitch.chat.messages[0]).toMatchObject({ text: 'waves', action: true });
  });

  it('may be a reply and carry a nonce, which comes back with its id', async () => {
    const twitch = await simulator();
    const other = await RawClient.join(twitch, 'streamer', 'perty');
    const client = await RawClient.join(twitch, 'pertybot', 'perty');
    const { id } = twitch.chat.say({
      channel: 'perty',
      as: { login: 'viewer', displayName: 'Viewer' },
      text: 'are you there?',
    });
    client.forget();
    client.send(`@reply-parent-msg-id=${id};client-nonce=n1 PRIVMSG #perty :yes`);
    const state = tagsOf(await client.heard('USERSTATE'));
    expect(twitch.chat.messages[0]).toMatchObject({ text: 'yes', replyTo: id, clientNonce: 'n1' });
    expect(state).toMatchObject({ 'client-nonce': 'n1', id: twitch.chat.messages[0]?.id });
    const line = await other.heard('@Viewer yes');
    expect(tagsOf(line)).toMatchObject({
      'reply-parent-msg-id': id,
      'reply-parent-user-login': 'viewer',
      'reply-parent-msg-body': 'are\\syou\\sthere?',
    });
  });

  it('goes nowhere without chat:edit', async () => {
    const twitch = await simulator();
    const { accessToken } = twitch.id.issueToken({ login: 'pertybot', scopes: ['chat:read'] });
    const client = await RawClient.open(twitch);
    client.send(`PASS oauth:${accessToken}`, 'NICK pertybot', 'JOIN #perty');
    const dropped = twitch.chat.waitFor('dropped');
    client.send('PRIVMSG #perty :hello');
    expect(await dropped).toEqual({
      channel: 'perty',
      login: 'pertybot',
      text: 'hello',
      reason: 'no-scope',
    });
  });

  it.each([
    ['500 code points', '😀'.repeat(500), undefined],
    ['501 code points', 'x'.repeat(501), 'too-long'],
    ['nothing but spaces', '   ', 'empty'],
  ])('of %s is dropped or not', async (_, text, reason) => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch, 'pertybot', 'perty');
    const reasons: (string | undefined)[] = [];
    twitch.chat.on('message', () => reasons.push(undefined));
    twitch.chat.on('dropped', (dropped) => reasons.push(dropped.reason));
    client.send(`PRIVMSG #perty :${text}`);
    await client.settled();
    expect(reasons).toEqual([reason]);
  });

  it.each(['/ban viewer', '.timeout viewer 10', '/me'])('is a command: %s', async (text) => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch, 'pertybot', 'perty');
    const command = twitch.chat.waitFor('command');
    client.send(`PRIVMSG #perty :${text}`);
    expect(await command).toEqual({ channel: 'perty', login: 'pertybot', text });
    expect(await client.heard('NOTICE')).toContain('msg-id=unrecognized_cmd');
    expect(twitch.chat.messages).toHaveLength(0);
  });

  it.each(['...', '. dots', ' /ban viewer', '\u200b/ban viewer'])(
    'is no command: %j',
    async (text) => {
      const twitch = await simulator();
      const client = await RawClient.join(twitch, 'pertybot', 'perty');
      const message = twitch.chat.waitFor('message');
      client.send(`PRIVMSG #perty :${text}`);
      expect((await message).text).toBe(text);
    },
  );

  it('turns /me into an action, and /disconnect into the end', async () => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch, 'pertybot', 'perty');
    client.send('PRIVMSG #perty :/me waves', 'PRIVMSG #perty :/disconnect');
    await client.closed;
    expect(twitch.chat.messages[0]).toMatchObject({ text: 'waves', action: true });
  });

  it.each([
    ['msg_banned', 'msg_banned', 'banned'],
    ['tos_ban', 'msg_channel_suspended', 'suspended'],
  ] as const)('is refused in a channel that keeps it out: %s', async (why, msgId, reason) => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch, 'pertybot', 'perty');
    twitch.chat.refuseJoins('perty', why);
    const dropped = twitch.chat.waitFor('dropped');
    client.send('PRIVMSG #perty :hello');
    expect((await dropped).reason).toBe(reason);
    expect(await client.heard('NOTICE')).toContain(`@msg-id=${msgId} `);
  });

  it('is refused as planned, so many times', async () => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch, 'pertybot', 'perty');
    twitch.chat.faults.refuseMessages('perty', 'msg_slowmode');
    client.send('PRIVMSG #perty :one', 'PRIVMSG #perty :two');
    expect(await client.heard('NOTICE')).toContain('@msg-id=msg_slowmode ');
    await client.settled();
    expect(twitch.chat.messages.map((message) => message.text)).toEqual(['two']);
  });

  it('to no channel at all is ignored, and an unknown command named', async () => {
    const twitch = await simulator();
    const client = await RawClient.join(twitch, 'pertybot', 'perty');
    client.send('PRIVMSG viewer :psst', 'FROBNICATE #perty');
    expect(await client.heard('421')).toBe(
      ':tmi.twitch.tv 421 pertybot FROBNICATE :Unknown command',
    );
    expect(twitch.chat.messages).toHaveLength(0);
  });
});
