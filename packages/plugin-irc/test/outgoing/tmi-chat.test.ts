import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ChatMessage } from '@pertybot/core';
import { makeMessage } from '@pertybot/core/testing';
import { type ChatRig, startRig } from '../chat-rig.js';

let rig: ChatRig;
let lines: string[];
let commands: string[];

beforeEach(async () => {
  rig = await startRig({ config: { limits: 'verified' } });
  lines = [];
  commands = [];
  rig.twitch.chat.setRoles('streamer', 'pertybot', ['moderator']);
  await rig.settled();
  rig.twitch.chat.on('line', ({ line }) => void lines.push(line));
  rig.twitch.chat.on('command', ({ text }) => void commands.push(text));
});
afterEach(() => rig.stop());

function messageBy(login: string, id = 'abc-123'): ChatMessage {
  return makeMessage('!lamp', { as: login, channel: 'streamer', id });
}

async function arrive(count: number): Promise<readonly string[]> {
  await rig.until(() => lines.length >= count, `${count} lines arrived`);
  return lines;
}

test('line breaks and NUL never reach the wire', async () => {
  await rig.chat.say('one\r\nJOIN #elsewhere\0\n\u2028two');
  await rig.settled();
  expect(await arrive(1)).toEqual(['PRIVMSG #streamer :one JOIN #elsewhere two']);
  expect(rig.twitch.chat.joined('elsewhere')).toBe(false);
});

test('a channel or a message id cannot smuggle a line in', async () => {
  const channel = 'streamer\r\nJOIN #elsewhere';
  expect((await rig.chat.say('x', { channel })).status).toBe('dropped');
  await rig.chat.reply(messageBy('alice', 'x\r\nJOIN #elsewhere'), 'hello');
  expect(await arrive(1)).toEqual(['PRIVMSG #streamer :hello']);
});

test.each(['/ban alice', '.timeout alice', '\\me x', '  /clear', '/me waves', '\u0000/ban alice'])(
  'the text "%s" is never run as a command',
  async (text) => {
    await rig.chat.say(text);
    const [line] = await arrive(1);
    expect(line).toMatch(/^PRIVMSG #streamer :\u200b[/.\\]/);
    expect(commands).toEqual([]);
  },
);

test('a part that begins with a slash is no command either', async () => {
  await rig.chat.say(`${'x'.repeat(499)} /ban alice`);
  const [, second] = await arrive(2);
  expect(second).toBe('PRIVMSG #streamer :\u200b/ban alice');
});

test.each([499, 500, 501])(
  'a text of %i characters hides no command at its end',
  async (length) => {
    const end = ' /clear';
    await rig.chat.say(`/${'x'.repeat(length - 1 - end.length)}${end}`);
    await rig.settled();
    expect(commands).toEqual([]);
    for (const line of await arrive(1)) {
      expect(line).not.toMatch(/:[/.\\]/);
      expect([...line].length).toBeLessThanOrEqual('PRIVMSG #streamer :'.length + 500);
    }
  },
);

test('the mark of /me in a text is dropped', async () => {
  await rig.chat.say('\u0001ACTION lies\u0001');
  expect(await arrive(1)).toEqual(['PRIVMSG #streamer :ACTION lies']);
});

test('an empty text is refused', async () => {
  expect(await rig.chat.say(' \r\n ')).toEqual({ status: 'dropped', reason: 'there is no text' });
  expect((await rig.chat.action('')).status).toBe('dropped');
  expect(rig.health.droppedTexts).toBe(2);
});

test('a text of 500 characters is one message, of 501 two', async () => {
  await rig.chat.say('😀'.repeat(500));
  expect(await arrive(1)).toHaveLength(1);
  await rig.chat.say('y'.repeat(501));
  expect((await arrive(3)).slice(1)).toEqual([
    `PRIVMSG #streamer :${'y'.repeat(500)}`,
    'PRIVMSG #streamer :y',
  ]);
});

test('a long /me keeps its wrapping on each part', async () => {
  await rig.chat.action(`${'word '.repeat(150)}end`);
  for (const line of await arrive(2)) {
    const text = line.slice('PRIVMSG #streamer :'.length);
    expect(text.startsWith('\u0001ACTION ') && text.endsWith('\u0001')).toBe(true);
    expect([...text].length).toBeLessThanOrEqual(500);
  }
  expect(rig.twitch.chat.messages.map(({ action }) => action)).toEqual([true, true]);
});

test('an answer is threaded in each of its parts', async () => {
  await rig.chat.reply(messageBy('alice'), 'z'.repeat(600));
  for (const line of await arrive(2)) expect(line).toMatch(/^@reply-parent-msg-id=abc-123 PRIVMSG/);
  expect(rig.events('reply')).toEqual([
    expect.objectContaining({ channel: 'streamer', replyTo: 'abc-123' }),
  ]);
});

test('an answer leaves room for the name that Twitch puts before it', async () => {
  await rig.chat.reply(messageBy('a_long_login'), 'word '.repeat(200));
  for (const line of await arrive(3)) {
    const text = line.slice(line.indexOf(' :') + 2);
    expect([...`@a_long_login ${text}`].length).toBeLessThanOrEqual(500);
  }
});

test('a text that would flood the channel is refused', async () => {
  const delivery = await rig.chat.say('x'.repeat(6_000));
  expect(delivery).toEqual({ status: 'dropped', reason: 'it is longer than 10 messages' });
});

test('a text of any length is refused at once', async () => {
  const begun = performance.now();
  const delivery = await rig.chat.say('word '.repeat(400_000));
  expect(delivery.status).toBe('dropped');
  expect(performance.now() - begun).toBeLessThan(1_000);
});

test('a channel that the bot should not sit in is refused by name', async () => {
  expect(await rig.chat.say('x', { channel: 'elsewhere' })).toEqual({
    status: 'dropped',
    reason: 'the bot does not sit in "elsewhere"',
  });
});

describe('a channel that cannot be joined', () => {
  test('is refused with the reason', async () => {
    rig.twitch.chat.notice({ channel: 'streamer', msgId: 'msg_banned' });
    await rig.settled();
    expect(await rig.chat.say('x')).toEqual({
      status: 'dropped',
      reason: 'The bot is banned from the channel.',
    });
  });
});
