import { expect, test } from '@jest/globals';
import { IrcTags, parseBadges, unescapeTag } from '../../src/tmi/irc-tags.js';

function tagsOf(list: string): IrcTags {
  return new IrcTags(list);
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

test.each([
  ['', {}],
  ['moderator/1', { moderator: '1' }],
  ['vip/1,subscriber/12', { vip: '1', subscriber: '12' }],
  ['predictions/blue-1,odd,a/b/c', { predictions: 'blue-1', odd: '', a: 'b/c' }],
])('reads the badges %j', (list, badges) => {
  expect(parseBadges(list)).toEqual(badges);
});
