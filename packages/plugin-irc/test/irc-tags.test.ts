import { expect, test } from '@jest/globals';
import { RawTags, unescapeTag } from '../src/irc-tags.js';
import { TmiTags } from '../src/tmi-tags.js';

function tagsOf(list: string): RawTags {
  const line = `@${list} :x!x@x.tmi.twitch.tv PRIVMSG #c :id=forged;mod=1`;
  return new RawTags(line, line.indexOf(' '));
}

test('finds a tag wherever it stands', () => {
  const tags = tagsOf('a=1;bb=2;ccc=3');
  expect(['a', 'bb', 'ccc'].map((name) => tags.get(name))).toEqual(['1', '2', '3']);
});

test('does not take a part of another name, or of a value, for a tag', () => {
  const tags = tagsOf('user-id=5;note=id=7;x=mod;id=9');
  expect(tags.get('id')).toBe('9');
  expect(tags.get('mod')).toBeUndefined();
  expect(tags.get('user')).toBeUndefined();
});

test('does not look into the text', () => {
  const tags = tagsOf('a=1');
  expect(tags.get('id')).toBeUndefined();
  expect(tags.get('mod')).toBeUndefined();
});

test('reads only the tags of its own line in a frame of several', () => {
  const first = '@id=1;vip :x!x@x.tmi.twitch.tv PRIVMSG #c :hello\r\n';
  const frame = `${first}@bits=5;id=2;bare :x!x@x.tmi.twitch.tv PRIVMSG #c :hi\r\n@mod=1;msg-id=3 `;
  const start = first.length;
  const tags = new RawTags(frame, frame.indexOf(' ', start), start);
  expect(['id', 'bits', 'bare'].map((name) => tags.get(name))).toEqual(['2', '5', '']);
  expect(['vip', 'mod', 'msg-id'].map((name) => tags.get(name))).toEqual(Array(3).fill(undefined));
  expect(tags.notable()).toMatchObject({ id: '2', bits: '5', 'msg-id': undefined });
});

test('tells an empty value from none', () => {
  const tags = tagsOf('empty=;bare;last=');
  expect(tags.get('empty')).toBe('');
  expect(tags.get('bare')).toBe('');
  expect(tags.get('last')).toBe('');
  expect(tags.get('none')).toBeUndefined();
});

test.each([
  ['plain', 'plain'],
  ['a\\sb\\:c', 'a b;c'],
  ['\\\\s', '\\s'],
  ['\\r\\n', '\r\n'],
  ['\\b', 'b'],
  ['end\\', 'end'],
])('unescapes %j', (escaped, value) => {
  expect(unescapeTag(escaped)).toBe(value);
});

test('turns back what tmi.js makes of values', () => {
  const tags = new TmiTags({
    one: true,
    zero: false,
    nothing: null,
    bits: true,
    text: 'x',
    badges: { vip: '1' },
    'badges-raw': 'vip/1',
  });
  expect(
    ['one', 'zero', 'nothing', 'bits', 'text', 'badges', 'none'].map((n) => tags.get(n)),
  ).toEqual(['1', '0', '', '', 'x', 'vip/1', undefined]);
  expect(tags.get('toString')).toBeUndefined();
});
