import { createRequire } from 'node:module';
import { expect, test } from '@jest/globals';
import { readServerLine } from '../../src/tmi/server-line.js';
import type { ParsedLine } from '../../src/tmi/tmi-client.js';

/** The parser of tmi.js itself, by which lines come. */
const parser: { msg(line: string): ParsedLine | null } = createRequire(import.meta.url)(
  'tmi.js/lib/parser.js',
);

function read(line: string) {
  const parsed = parser.msg(line);
  return parsed === null ? 'broken' : readServerLine(parsed, 'pertybot');
}

test.each([
  [
    '@msg-id=slow_on :tmi.twitch.tv NOTICE #c :Slow mode.',
    { kind: 'notice', channel: 'c', id: 'slow_on', text: 'Slow mode.' },
  ],
  [
    '@msg-id=whisper_banned :tmi.twitch.tv NOTICE * :No.',
    { kind: 'notice', id: 'whisper_banned', text: 'No.' },
  ],
  [
    '@msg-id=raid;login=bob :tmi.twitch.tv USERNOTICE #c',
    { kind: 'userNotice', channel: 'c', id: 'raid', text: '' },
  ],
  [
    '@msg-id=resub :tmi.twitch.tv USERNOTICE #c :still here',
    { kind: 'userNotice', channel: 'c', id: 'resub', text: 'still here' },
  ],
  ['@slow=5 :tmi.twitch.tv ROOMSTATE #c', { kind: 'roomState', channel: 'c' }],
  [
    '@room-id=1 :tmi.twitch.tv CLEARCHAT #c',
    { kind: 'moderation', event: { channel: 'c', action: 'clear' } },
  ],
  [
    '@room-id=1 :tmi.twitch.tv CLEARCHAT #c :bob',
    { kind: 'moderation', event: { channel: 'c', action: 'ban', login: 'bob' } },
  ],
  [
    '@ban-duration=600 :tmi.twitch.tv CLEARCHAT #c :bob',
    { kind: 'moderation', event: { action: 'timeout', login: 'bob', duration: 600 } },
  ],
  [
    '@login=bob;target-msg-id=7 :tmi.twitch.tv CLEARMSG #c :bad',
    { kind: 'moderation', event: { action: 'delete', login: 'bob', messageId: '7' } },
  ],
  [':pertybot!pertybot@pertybot.tmi.twitch.tv PART #c', { kind: 'parted', channel: 'c' }],
])('reads %j', (line, reading) => {
  expect(read(line)).toMatchObject(reading);
});

test.each([
  ':tmi.twitch.tv NOTICE #c',
  ':tmi.twitch.tv USERNOTICE #c',
  '@msg-id=raid :tmi.twitch.tv USERNOTICE',
  ':tmi.twitch.tv ROOMSTATE',
  ':tmi.twitch.tv CLEARCHAT',
  ':tmi.twitch.tv CLEARMSG',
  '@login=bob :tmi.twitch.tv CLEARMSG #c :bad',
  ':bob!bob@bob.tmi.twitch.tv PRIVMSG #c :untagged',
])('%j lacks something', (line) => {
  expect(read(line)).toBe('broken');
});

test.each([
  ':bob!bob@bob.tmi.twitch.tv PART #c',
  ':pertybotty!pertybotty@pertybotty.tmi.twitch.tv PART #c',
  ':jtv!jtv@jtv.tmi.twitch.tv PRIVMSG pertybot :is now hosting you',
  ':tmi.twitch.tv NOTICE * :Login authentication failed',
  ':bob!bob@bob.tmi.twitch.tv WHISPER pertybot :psst',
  ':tmi.twitch.tv HOSTTARGET #c :-',
  ':tmi.twitch.tv 376 pertybot :>',
])('%j is nothing to tell', (line) => {
  expect(read(line)).toBe('other');
});

test('tags are those of the line, not what tmi.js makes of them', () => {
  const reading = read(
    '@msg-id=sub;display-name=1;system-msg=a\\sb\\n :tmi.twitch.tv USERNOTICE #c',
  );
  const tags = typeof reading === 'object' && 'tags' in reading ? reading.tags : undefined;
  expect(['display-name', 'system-msg', 'none'].map((name) => tags?.get(name))).toEqual([
    '1',
    'a b\n',
    undefined,
  ]);
});
