import { describe, expect, it } from '@jest/globals';
import { escapeTag, formatLine, parseLine } from '../../src/chat/irc-line.js';

describe('formatLine', () => {
  it('writes sorted tags, prefix, parameters and text', () => {
    const tags = { mod: '0', badges: '', vip: undefined };
    expect(formatLine({ tags, command: 'PRIVMSG', parameters: ['#a'], text: 'hi there' })).toBe(
      '@badges=;mod=0 :tmi.twitch.tv PRIVMSG #a :hi there',
    );
  });

  it('leaves the tags out for those who did not ask for them', () => {
    const line = { tags: { mod: '0' }, prefix: 'a!a@a', command: 'JOIN', parameters: ['#a'] };
    expect(formatLine(line, false)).toBe(':a!a@a JOIN #a');
  });

  it('escapes what a tag may not hold', () => {
    expect(escapeTag('a;b c\\d\r\n')).toBe('a\\:b\\sc\\\\d\\r\\n');
  });
});

describe('parseLine', () => {
  it.each([
    ['PING', { tags: {}, command: 'PING', parameters: [], text: undefined }],
    ['ping :x', { tags: {}, command: 'PING', parameters: [], text: 'x' }],
    ['JOIN #a,#b', { tags: {}, command: 'JOIN', parameters: ['#a,#b'], text: undefined }],
    ['PRIVMSG #a :b :c ', { tags: {}, command: 'PRIVMSG', parameters: ['#a'], text: 'b :c ' }],
    [
      '@k=a\\sb\\:;flag :x!x@x PRIVMSG #a :',
      {
        tags: { k: 'a b;', flag: '' },
        prefix: 'x!x@x',
        command: 'PRIVMSG',
        parameters: ['#a'],
        text: '',
      },
    ],
  ])('reads %j', (raw, expected) => {
    expect(parseLine(raw)).toEqual(expected);
  });

  it('finds nothing in an empty line', () => {
    expect(parseLine('')).toBeUndefined();
  });
});
