import { afterEach, describe, expect, test } from '@jest/globals';
import { type ChatMessage, Inbox } from '@pertybot/core';
import { garbageLines, type SayOptions } from '@pertybot/twitch-simulator';
import { type ChatRig, startRig } from '../chat-rig.js';

let rig: ChatRig;
afterEach(() => rig.stop());

const alice = { login: 'alice', displayName: 'Alice' };

/** Lets alice say something, and gives what the bot made of it. */
async function hear(options: Partial<SayOptions> = {}): Promise<ChatMessage> {
  const said = { channel: 'streamer', as: alice, text: 'hello', ...options };
  const { id } = rig.twitch.chat.say(said);
  let message: ChatMessage | undefined;
  const find = () => {
    message = rig.events('message').find((each) => each.id === id);
    return message !== undefined;
  };
  await rig.until(find, `"${said.text}" was heard`);
  if (message === undefined) throw new Error('unreachable');
  return message;
}

const start = async (config: Readonly<Record<string, unknown>> = {}) => {
  rig = await startRig({ config });
};

describe('a line of chat', () => {
  test('a message bears what its tags say', async () => {
    await start();
    const message = await hear({
      as: { ...alice, roles: ['vip'], months: 27, color: '#FF69B4' },
      text: 'Grüße 🎉; a=b \\ c',
      firstMessage: true,
      tags: { 'tmi-sent-ts': '1790000000123' },
    });
    expect(JSON.parse(JSON.stringify(message))).toEqual({
      id: message.id,
      channel: 'streamer',
      roomId: expect.stringMatching(/^\d+$/),
      user: {
        id: expect.stringMatching(/^\d+$/),
        login: 'alice',
        displayName: 'Alice',
        roles: ['everyone', 'subscriber', 'vip'],
        badges: { vip: '1', subscriber: '24' },
        color: '#FF69B4',
        monthsSubscribed: 27,
      },
      text: 'Grüße 🎉; a=b \\ c',
      action: false,
      bits: 0,
      firstMessage: true,
      sentAt: 1_790_000_000_123,
      mentionsBot: false,
    });
  });

  test.each([
    { roles: [], held: ['everyone'] },
    { roles: ['subscriber'], held: ['everyone', 'subscriber'] },
    { roles: ['moderator'], held: ['everyone', 'subscriber', 'vip', 'moderator'] },
  ] as const)('roles are those of the badges $roles', async ({ roles, held }) => {
    await start();
    expect((await hear({ as: { ...alice, roles } })).user.roles).toEqual(held);
  });

  test('the broadcaster is known by the room, without a badge', async () => {
    await start();
    const { user } = await hear({ as: { login: 'streamer' }, tags: { badges: '' } });
    expect(user.roles).toContain('broadcaster');
  });

  test('values that tmi.js takes for true and false are texts and numbers', async () => {
    await start();
    const one = await hear({
      as: { ...alice, displayName: '1' },
      text: '1',
      bits: 1,
      tags: { 'reply-parent-msg-id': 'x', 'reply-parent-msg-body': '0', 'first-msg': '0' },
    });
    expect(one.user.displayName).toBe('1');
    expect(one.text).toBe('1');
    expect(one.bits).toBe(1);
    expect(one.replyTo?.text).toBe('0');
    expect(one.firstMessage).toBe(false);
  });

  test('a value with escaped characters is read as it was written', async () => {
    await start();
    const first = await hear({ text: 'semi; colon\\ and space' });
    const reply = await hear({ text: 'yes', replyTo: first.id });
    expect(reply.replyTo).toEqual({
      messageId: first.id,
      userId: first.user.id,
      userLogin: 'alice',
      userDisplayName: 'Alice',
      text: 'semi; colon\\ and space',
    });
  });

  test('a /me is an action without its wrapping', async () => {
    await start();
    expect(await hear({ text: 'waves', action: true })).toMatchObject({
      text: 'waves',
      action: true,
    });
  });

  test.each([
    { what: 'a cheer', said: { bits: 100, text: '!echo cheer' } },
    { what: 'a /me', said: { action: true, text: '!echo action' } },
    { what: 'a redeemed reward', said: { customRewardId: 'reward', text: '!echo reward' } },
    { what: 'a repeated line', said: { text: '!echo filler \u{e0000}' } },
  ])('$what may hold a command', async ({ said }) => {
    await start();
    await hear(said);
    await rig.until(() => rig.echoed.length > 0, 'the command ran');
    expect(rig.echoed).toEqual([expect.stringMatching(/^(cheer|action|reward|filler)$/)]);
  });

  test('an answer may hold a command behind the name', async () => {
    await start();
    const { id } = await hear();
    await hear({ text: '!echo answer', replyTo: id });
    await rig.until(() => rig.echoed.length > 0, 'the command ran');
    expect(rig.echoed).toEqual(['answer']);
  });

  test('a redemption is left to who says that he brings it', async () => {
    await start();
    const inbox = rig.container?.resolve(Inbox);
    const undo = inbox?.brings('redeem', 'streamer');
    await hear({ customRewardId: 'brought', text: 'hi' });
    undo?.();
    await hear({ customRewardId: 'told', text: 'hi' });
    expect(rig.events('redeem').map(({ rewardId }) => rewardId)).toEqual(['told']);
  });

  test('a cheer is an event with its bits', async () => {
    await start();
    const message = await hear({ bits: 250, text: 'Cheer250 great' });
    expect(rig.events('cheer')).toHaveLength(1);
    expect(rig.events('cheer')[0]).toMatchObject({ channel: 'streamer', bits: 250, message });
  });

  test('a redeemed reward is an event with its text', async () => {
    await start();
    const message = await hear({ customRewardId: 'a-b-c', text: 'play it' });
    expect(message.customRewardId).toBe('a-b-c');
    expect(rig.events('redeem')[0]).toMatchObject({ rewardId: 'a-b-c', text: 'play it', message });
    await hear({ tags: { 'msg-id': 'highlighted-message' }, text: 'look' });
    expect(rig.events('redeem')[1]).toMatchObject({ rewardId: 'highlighted-message' });
  });

  test('a message names the bot when its login stands in it as a word', async () => {
    await start();
    expect((await hear({ text: 'hi @PertyBot!' })).mentionsBot).toBe(true);
    expect((await hear({ text: 'hi pertybotty' })).mentionsBot).toBe(false);
  });

  test('what a server sends back of the bot’s own lines is not heard', async () => {
    await start();
    await rig.chat.say('!echo self');
    await rig.until(() => rig.twitch.chat.messages.length === 1, 'it was said');
    rig.twitch.chat.say({ channel: 'streamer', as: { login: 'pertybot' }, text: '!echo self' });
    await rig.settled();
    expect(rig.events('message').map(({ user }) => user.login)).toEqual(['marker']);
    expect(rig.echoed).toEqual([]);
  });

  test('a streamer whose account the bot has is heard, with all rights', async () => {
    await start({ channels: ['pertybot'] });
    const { user } = await hear({
      channel: 'pertybot',
      as: { login: 'pertybot' },
      text: '!echo mine',
    });
    expect(user.roles).toContain('broadcaster');
    await rig.bot.idle();
    expect(rig.echoed).toEqual(['mine']);
  });

  test('a line of an ignored login is seen but runs nothing', async () => {
    await start({ ignore: ['@OtherBot'] });
    await hear({ as: { login: 'otherbot' }, text: '!echo ignored' });
    await rig.bot.idle();
    expect(rig.echoed).toEqual([]);
  });

  test('a line that arrives twice is handled once', async () => {
    await start();
    rig.twitch.chat.faults.duplicateNext();
    await hear({ text: '!echo once' });
    await rig.settled();
    expect(rig.echoed).toEqual(['once']);
    expect(rig.health.duplicateMessages).toBe(1);
  });

  test('a whisper is no line of chat', async () => {
    await start();
    rig.twitch.chat.whisper({ from: 'alice', to: 'pertybot', text: '!echo whisper' });
    await rig.settled();
    expect(rig.echoed).toEqual([]);
  });

  test.each([1, 8, 100])('%i lines in a frame are all heard in order', async (perFrame) => {
    await start();
    const lines = Array.from({ length: 200 }, (_, number) =>
      rig.twitch.chat.line({ channel: 'streamer', as: alice, text: `line ${number}` }),
    );
    rig.twitch.chat.frames(lines, perFrame);
    await rig.until(() => rig.events('message').length === 200, 'all were heard');
    expect(rig.events('message').map(({ text }) => text)).toEqual(
      lines.map((_, number) => `line ${number}`),
    );
  });

  test('garbage, cut lines and binary frames are dropped, counted, and stop nothing', async () => {
    await start();
    rig.twitch.chat.faults.garbage();
    const line = rig.twitch.chat.line({ channel: 'streamer', as: alice, text: '!echo cut' });
    for (const length of [1, 5, 40, line.indexOf(' PRIVMSG') + 4, line.indexOf(' :!echo') + 1]) {
      rig.twitch.chat.faults.cut(line, length);
    }
    rig.twitch.chat.sessions[0]?.frame(new Uint8Array([1, 2, 3]));
    rig.twitch.chat.raw(`${garbageLines.join('\r\n')}\r\n${line.replace('cut', 'whole')}`);
    await rig.until(() => rig.echoed.length > 0, 'the whole line was handled');
    expect(rig.echoed).toEqual(['whole']);
    expect(rig.health.malformedLines).toBeGreaterThan(4);
    expect(rig.events('fault')).toEqual([]);
    expect(rig.events('disconnected')).toEqual([]);
  });

  test('a NOTICE and a PRIVMSG without text do not stop the socket', async () => {
    await start();
    rig.twitch.chat.raw(':tmi.twitch.tv NOTICE #streamer');
    rig.twitch.chat.raw(':x!x@x.tmi.twitch.tv PRIVMSG #streamer');
    await rig.settled();
    expect(rig.health.malformedLines).toBe(2);
  });

  test('lines without writer, channel or text are dropped and counted', async () => {
    await start();
    for (const line of [
      '@id=1 :!alice@alice.tmi.twitch.tv PRIVMSG #streamer :!echo nobody',
      '@id=3 :alice!alice@alice.tmi.twitch.tv PRIVMSG # :!echo nowhere',
      '@id=4 :alice!alice@alice.tmi.twitch.tv PRIVMSG #streamer :',
      ':alice!alice@alice.tmi.twitch.tv PRIVMSG #streamer :!echo untagged',
    ]) {
      rig.twitch.chat.raw(line);
    }
    await rig.settled();
    expect(rig.health.malformedLines).toBe(4);
    expect(rig.events('message').map(({ user }) => user.login)).toEqual(['marker']);
    expect(rig.echoed).toEqual([]);
  });

  test('a listener that throws keeps nobody from hearing', async () => {
    await start();
    rig.bot.on('message', () => {
      throw new TypeError('from a plugin');
    });
    await hear({ text: '!echo one' });
    await hear({ text: '!echo two' });
    await rig.until(() => rig.echoed.length === 2, 'both commands ran');
    rig.twitch.chat.ping();
    await rig.settled();
    expect(rig.events('disconnected')).toEqual([]);
  });

  describe('in a shared chat', () => {
    const shared = { channel: 'friend', roles: ['broadcaster'] } as const;

    test('a line from another room is seen, runs nothing, and gives no role', async () => {
      await start();
      const message = await hear({
        as: { ...alice, roles: ['moderator'] },
        text: '!echo foreign',
        bits: 100,
        sharedFrom: shared,
      });
      await rig.bot.idle();
      expect(message.sharedFrom).toMatch(/^\d+$/);
      expect(message.user.roles).toEqual(['everyone']);
      expect(rig.echoed).toEqual([]);
      expect(rig.events('cheer')).toEqual([]);
    });

    test('a line from another room runs commands where the owner lets it', async () => {
      await start({ sharedChat: true });
      const message = await hear({ text: '!echo foreign', sharedFrom: shared });
      await rig.until(() => rig.echoed.length > 0, 'the command ran');
      expect(message.user.roles).toEqual(['everyone']);
    });

    test('a line that reaches the bot in both rooms is handled in its own', async () => {
      await start({ channels: ['streamer', 'friend'], sharedChat: true });
      const copy = { as: alice, text: '!echo both' };
      const id = 'b1946ac9-2492-4d23-47fc-5f6a1b2c3d4e';
      rig.twitch.chat.say({ ...copy, channel: 'streamer', sharedFrom: { channel: 'friend', id } });
      await hear({ ...copy, channel: 'friend', id, sharedFrom: { channel: 'friend', id } });
      await rig.until(() => rig.echoed.length > 0, 'the command ran');
      await rig.settled();
      expect(rig.echoed).toEqual(['both']);
      expect(rig.events('message')[0]).toMatchObject({ channel: 'friend', sharedFrom: undefined });
    });

    test('two copies of a line from a third room count once', async () => {
      await start({ channels: ['streamer', 'friend'], sharedChat: true });
      const source = { channel: 'third', id: 'one-and-the-same' };
      for (const channel of ['streamer', 'friend']) {
        rig.twitch.chat.say({ channel, as: alice, text: '!echo third', sharedFrom: source });
      }
      await rig.settled();
      await rig.until(() => rig.echoed.length > 0, 'the command ran');
      expect(rig.echoed).toEqual(['third']);
    });
  });
});

test('tags that tmi.js misreads are read rightly', async () => {
  rig = await startRig();
  const line = rig.twitch.chat.line({ channel: 'streamer', as: alice, text: 'odd' });
  const odd = line.replace(
    /display-name=[^;]*;/,
    'display-name=A\\nb\\rc\\d\\;reply-parent-msg-id;reply-parent-msg-body=end\\;',
  );
  rig.twitch.chat.raw(odd);
  await rig.settled();
  const [message] = rig.events('message');
  expect(message?.user.displayName).toBe('A\nb\rcd');
  expect(message?.replyTo).toMatchObject({ messageId: '', text: 'end' });
});

test('PING with a prefix and RECONNECT without one are understood', async () => {
  rig = await startRig();
  const pong = rig.twitch.chat.waitFor('pong');
  rig.twitch.chat.raw(':tmi.twitch.tv PING :tmi.twitch.tv');
  await pong;
  rig.twitch.chat.raw('RECONNECT');
  await rig.until(() => rig.events('disconnected').length === 1, 'it left');
});

test('a flood of messages is heard to the last one', async () => {
  rig = await startRig();
  await rig.twitch.chat.flood({
    channel: 'streamer',
    count: 5_000,
    perSecond: 20_000,
    perFrame: 8,
  });
  await rig.until(() => rig.events('message').length === 5_000, 'all were heard');
  expect(rig.health.duplicateMessages).toBe(0);
});

test('a changed list of ignored logins holds at once', async () => {
  rig = await startRig();
  await rig.reconfigure({ ignore: ['alice'] });
  await hear({ text: '!echo ignored' });
  await rig.bot.idle();
  expect(rig.echoed).toEqual([]);
});
