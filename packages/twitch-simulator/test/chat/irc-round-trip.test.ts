import { describe, expect, it } from '@jest/globals';
import { emotesTag } from '../../src/chat/emotes.js';
import { escapeTag, formatLine, type IrcLine, parseLine } from '../../src/chat/irc-line.js';

/** Numbers that are the same in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % below;
  };
}

/** What is hard on whoever writes or reads a line. */
const hard = [
  ...['\\', ';', ' ', '\r', '\n', '\\s', '\\:', '\\\\', '=', ':', ',', '@', '#', '!', '/'],
  ...['', 'a', 'Z', '9', 'ä', '€', '😀', '\u0301', '\u200b', '\u{E0000}', '\u0001', '\t', '%20'],
];

/** A text of hard things. */
function textOf(random: (below: number) => number, longest: number): string {
  return Array.from({ length: random(longest) }, () => hard[random(hard.length)]).join('');
}

describe('the tags of a line', () => {
  it('are read as they were written, whatever is in them', () => {
    for (let seed = 1; seed <= 2_000; seed++) {
      const random = numbers(seed);
      const tags = Object.fromEntries(
        Array.from({ length: 1 + random(6) }, (_, n) => [`k-${n}`, textOf(random, 12)]),
      );
      const line = formatLine({ tags, command: 'PRIVMSG', parameters: ['#a'], text: 'x' });
      expect([seed, parseLine(line)?.tags]).toEqual([seed, tags]);
      expect(line).not.toMatch(/[\r\n]/);
    }
  });

  it('hold nothing that would end them, or begin another', () => {
    for (let seed = 1; seed <= 500; seed++) {
      expect(escapeTag(textOf(numbers(seed), 40))).not.toMatch(/[; \r\n]/);
    }
  });

  it('are read as IRCv3 has it where they were written badly', () => {
    const read = (written: string) => parseLine(`@k=${written} PING`)?.tags?.k;
    expect(['\\b', 'a\\', '\\', 'a=b=c', '', '\\\\s'].map(read)).toEqual([
      ...['b', 'a', '', 'a=b=c', '', '\\s'],
    ]);
    expect(parseLine('@;;a;=x;b=1 PING')?.tags).toEqual({ a: '', b: '1' });
  });

  it('make no member of every object their own', () => {
    const tags = parseLine('@__proto__=x;constructor=y;toString=z PING')?.tags;
    expect(Object.getPrototypeOf(tags)).toBe(Object.prototype);
    expect({ ...tags }).toEqual({ constructor: 'y', toString: 'z' });
  });
});

describe('a line', () => {
  it('is read as it was written: prefix, command, parameters and text', () => {
    const words = ['#a', '*', 'x=y', 'ä', '😀', '0', '+v'];
    for (let seed = 1; seed <= 2_000; seed++) {
      const random = numbers(seed);
      const line: IrcLine = {
        prefix: `${words[random(words.length)]}!x@y`,
        command: ['PRIVMSG', 'NOTICE', '001', 'CLEARCHAT'][random(4)] ?? '',
        parameters: Array.from({ length: random(4) }, () => words[random(words.length)] ?? ''),
        ...(random(2) === 0 ? { text: textOf(random, 30).replaceAll(/[\r\n]/g, '') } : {}),
      };
      const read = parseLine(formatLine(line));
      expect([seed, read]).toEqual([seed, { text: undefined, ...line, tags: {} }]);
    }
  });

  it.each([
    ['   ', undefined],
    ['', undefined],
    [':only.a.prefix', ':ONLY.A.PREFIX'],
    ['@only=tags', '@ONLY=TAGS'],
    ['privmsg', 'PRIVMSG'],
    [':p   JOIN    #a', 'JOIN'],
    ['@a=b   :p   JOIN #a', 'JOIN'],
  ])('is read as far as it can be: %j', (raw, command) => {
    expect(parseLine(raw)?.command).toBe(command);
  });

  it('keeps what its text has of colons and spaces', () => {
    const texts = [':', ' : ', 'a :b', '  x  ', ':)', ''];
    for (const text of texts) {
      const line = formatLine({ command: 'PRIVMSG', parameters: ['#a'], text });
      expect(parseLine(line)?.text).toBe(text);
    }
  });

  it('of a million characters is read in one go', () => {
    const text = 'a :'.repeat(400_000);
    expect(parseLine(`PRIVMSG #a :${text}`)?.text).toHaveLength(text.length);
    expect(parseLine(`@${'a=b;'.repeat(100_000)} PING`)?.tags).toEqual({ a: 'b' });
  });
});

describe('the emotes of a text', () => {
  it('are told by code points, each with all of its places', () => {
    expect(emotesTag('Kappa 😀😀 Kappa LUL')).toBe('25:0-4,9-13/425618:15-17');
    expect(emotesTag('Kappa  Kappa')).toBe('25:0-4,7-11');
  });

  it('are none within a word, nor in another case', () => {
    for (const text of ['', ' ', 'xKappa', 'Kappa!', 'kappa', 'Kappa\u200b']) {
      expect(emotesTag(text)).toBe('');
    }
  });

  it('are none of the words that every object has', () => {
    expect(emotesTag('constructor toString __proto__ hasOwnProperty valueOf')).toBe('');
  });
});
