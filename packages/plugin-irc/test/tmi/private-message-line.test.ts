import { expect, test } from '@jest/globals';
import { readPrivateMessageLine } from '../../src/tmi/private-message-line.js';

const line = '@id=1;mod=0 :alice!alice@alice.tmi.twitch.tv PRIVMSG #streamer :hello there';

test('reads channel, writer and text, and leaves the tags unread', () => {
  const reading = readPrivateMessageLine(line);
  expect(reading).toMatchObject({
    kind: 'message',
    channel: 'streamer',
    login: 'alice',
    text: 'hello there',
    action: false,
  });
  expect(typeof reading === 'object' && reading.tags.get('mod')).toBe('0');
});

test('takes a /me out of its wrapping, and nothing that only looks like one', () => {
  const read = (text: string) => readPrivateMessageLine(line.replace('hello there', text));
  expect(read('\u0001ACTION waves\u0001')).toMatchObject({ text: 'waves', action: true });
  expect(read('\u0001ACTION waves')).toMatchObject({ text: '\u0001ACTION waves', action: false });
  expect(read('\u0001ACTION \u0001')).toMatchObject({ action: false });
  expect(read('ACTION waves')).toMatchObject({ text: 'ACTION waves', action: false });
});

test('keeps what stands in the text, however much it looks like a line', () => {
  const text = 'a :b!c@d PRIVMSG #other :e @id=2 :';
  expect(readPrivateMessageLine(line.replace('hello there', text))).toMatchObject({ text });
});

test.each([
  'PING :tmi.twitch.tv',
  ':alice!alice@alice.tmi.twitch.tv PRIVMSG #streamer :untagged',
  '@id=1 :tmi.twitch.tv USERNOTICE #streamer :PRIVMSG #streamer :x',
  '@id=1 PRIVMSG #streamer :no prefix',
  '@id=1 :jtv!jtv@jtv.tmi.twitch.tv PRIVMSG somebody :is now hosting you',
])('leaves %j to others', (other) => {
  expect(readPrivateMessageLine(other)).toBe('other');
});

test('a line that breaks off anywhere is never taken for another one', () => {
  const whole = line.length;
  for (let length = 0; length < whole; length++) {
    const reading = readPrivateMessageLine(line.slice(0, length));
    if (typeof reading === 'object') expect(line).toContain(` :${reading.text}`);
    else expect(['other', 'broken']).toContain(reading);
  }
});

test('reads a line in the middle of a frame, and nothing of its neighbours', () => {
  const before = '@id=0 :x!x@x PRIVMSG #a :before\r\n';
  const broken = '@id=1 :alice!alice@alice PRIVMSG #streamer';
  const frame = `${before}${broken}\r\n${line}`;
  expect(readPrivateMessageLine(frame, before.length, before.length + broken.length)).toBe(
    'broken',
  );
  const start = before.length + broken.length + 2;
  expect(readPrivateMessageLine(frame, start)).toMatchObject({ text: 'hello there' });
});

test('a text of a million characters is read whole', () => {
  const text = 'x '.repeat(500_000).trim();
  expect(readPrivateMessageLine(line.replace('hello there', text))).toMatchObject({ text });
});
