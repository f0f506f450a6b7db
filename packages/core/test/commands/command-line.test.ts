import { describe, expect, it } from '@jest/globals';
import { readCommandLine, splitWords } from '../../src/commands/command-line.js';

const read = (text: string, prefix = '!', bits = 0) => readCommandLine({ text, bits }, prefix);
const words = (rest: string) => splitWords(rest).words.map(({ text }) => text);

describe('readCommandLine', () => {
  it('reads the name in lower case and leaves the rest as it is', () => {
    expect(read('!LAMP On  Please')).toEqual({ name: 'lamp', rest: ' On  Please' });
  });

  it.each(['hello', 'lamp on', '', ' ', '!', '! lamp', 'what!lamp', '@alice hello', 'a !lamp'])(
    'takes %p for no command',
    (text) => {
      expect(read(text)).toBeUndefined();
    },
  );

  it.each(['?', '!!', 'bot:', '»', '🤖'])('takes %p as prefix', (prefix) => {
    expect(read(`${prefix}lamp on`, prefix)).toEqual({ name: 'lamp', rest: ' on' });
    expect(read('lamp on', prefix)).toBeUndefined();
  });

  it('ignores the mention that a reply begins with', () => {
    expect(read('@Some_One !lamp on')).toEqual({ name: 'lamp', rest: ' on' });
    expect(read('@日本 !lamp on')).toEqual({ name: 'lamp', rest: ' on' });
    expect(read('  !lamp on')).toEqual({ name: 'lamp', rest: ' on' });
  });

  it('looks behind one mention alone', () => {
    expect(read('@alice @bob !lamp on')).toBeUndefined();
  });

  it('ignores cheermotes before the command of a line that cheers', () => {
    expect(read('Cheer100 !lamp on', '!', 100)).toEqual({ name: 'lamp', rest: ' on' });
    expect(read('Cheer1 PogChamp100 !lamp', '!', 101)).toEqual({ name: 'lamp', rest: '' });
    expect(read('Cheer100 !lamp on')).toBeUndefined();
    expect(read('well Cheer100 !lamp on', '!', 100)).toBeUndefined();
  });

  it.each([
    ['!desk on Cheer100', 100, ' on'],
    ['!desk Cheer100 on 10s', 100, ' on 10s'],
    ['!desk on Cheer100 2m PogChamp50 ', 150, ' on 2m '],
    ['Cheer1 !desk on Cheer100 10s', 101, ' on 10s'],
    ['Cheer1 @bot Cheer2 !desk on', 3, ' on'],
    ['@bot Cheer2 !desk on Cheer3', 5, ' on'],
    ['!desk led1 on Cheer100', 100, ' led1 on'],
    ['!desk led1 led2 Cheer1', 1, ' led1 led2'],
    ['!desk led100 on', 100, ' on'],
    ['!desk on cheer100', 50, ' on cheer100'],
    ['!desk on Cheer100', 0, ' on Cheer100'],
    [`!desk ${'x1 '.repeat(600)}on Cheer7`, 7, ` ${'x1 '.repeat(600)}on`],
  ])('leaves out the cheermotes of %p, which cheers %i bits', (text, bits, rest) => {
    expect(read(text, '!', bits)).toEqual({ name: 'desk', rest });
  });

  it.each(['!lamp\u{e0000}', '!lamp \u{e0000}', '!lamp\u{34f}', '!lamp \u{e0000} '])(
    'ignores the invisible end of %j',
    (text) => {
      const line = read(text);
      expect(line?.name).toBe('lamp');
      expect(words(line?.rest ?? '?')).toEqual([]);
    },
  );

  it.each([
    ['!estop!', 'estop'],
    ['!Stop.', 'stop'],
    ['!STOP!!!', 'stop'],
    ['!stop\u{1f6d1}', 'stop'],
    ['!stop, please', 'stop'],
    ['! estop', 'estop'],
    ['!   Stop! now', 'stop'],
    ['!\u200b estop', 'estop'],
    ['\uff01estop', 'estop'],
    ['\uff01 stop', 'stop'],
    ['!\uff45\uff53\uff54\uff4f\uff50', 'estop'],
    ['!es\u200btop', 'estop'],
    ['\u200b!estop', 'estop'],
    ['!\u2060stop\ufe0f', 'stop'],
    ['@bot \uff01STOP', 'stop'],
  ])('hears who shouts %j', (text, name) => {
    expect(read(text)?.name).toBe(name);
  });

  it.each(['!stopwatch', '!stop-watch', '!lamp!', '!nonstop', '!estop2'])(
    'takes %p for no reserved word',
    (text) => {
      expect(read(text)).toEqual({ name: text.slice(1), rest: '' });
    },
  );

  it.each(['!! stop', '! please stop', '\uff01 lamp off', '\u200bstop', 'stop!', '...stop'])(
    'takes %j for no command that stops',
    (text) => {
      expect(['stop', 'estop', undefined]).not.toContain(read(text)?.name ?? 'none');
    },
  );

  it('hears a wide prefix before other commands only for what is urgent', () => {
    const line = { name: 'lamp', rest: ' off', isUrgentOnly: true };
    expect(read('\uff01lamp off')).toEqual(line);
    expect(read('\u200b!lamp off')).toEqual(line);
    expect(read('?lamp off', '\uff1f')).toEqual(line);
  });

  it('takes no number of bits that is none for a cheer', () => {
    expect(read('Cheer100 !lamp on', '!', Number.NaN)).toBeUndefined();
  });

  it('reads names of any script', () => {
    expect(read('!ÉCLAIR')?.name).toBe('éclair');
    expect(read('!ランプ on')).toEqual({ name: 'ランプ', rest: ' on' });
    expect(read('!👩‍🚀 go')).toEqual({ name: '👩‍🚀', rest: ' go' });
  });

  it('takes wide and unbreakable spaces for spaces', () => {
    expect(read('!lamp\u3000on')?.name).toBe('lamp');
    expect(read('!lamp\u00a0on')?.name).toBe('lamp');
  });
});

describe('splitWords', () => {
  it('splits at any run of spaces', () => {
    expect(words('  on   10s\u3000x ')).toEqual(['on', '10s', 'x']);
  });

  it('keeps spaces between quotes', () => {
    expect(words(' "good  morning" x')).toEqual(['good  morning', 'x']);
    expect(words(' "" x')).toEqual(['', 'x']);
  });

  it('takes a quote in a word, or one that does not end, as it is', () => {
    expect(words(' it"s 5" tall')).toEqual(['it"s', '5"', 'tall']);
    expect(words(' "open end')).toEqual(['"open', 'end']);
    expect(words(' "a"b')).toEqual(['"a"b']);
  });

  it('keeps a quote behind a backslash', () => {
    expect(words(String.raw` "say \"hi\" \\ now"`)).toEqual([String.raw`say "hi" \ now`]);
  });

  it('keeps joined emoji whole', () => {
    expect(words(' 👩‍👩‍👧‍👦 🏳️‍🌈 x\u{e0000}')).toEqual(['👩‍👩‍👧‍👦', '🏳️‍🌈', 'x']);
  });

  it('knows where each word begins in the line', () => {
    const { words: found, line } = splitWords('  one "two three" four');
    expect(line).toBe('one "two three" four');
    expect(found.map(({ start }) => line[start])).toEqual(['o', '"', 'f']);
  });

  it('splits a line of quotes alone in time that grows with its length', () => {
    const begun = performance.now();
    splitWords('"\\'.repeat(20_000));
    expect(performance.now() - begun).toBeLessThan(500);
  });

  it.each([
    ['spaces', ' '],
    ['invisible ends', '\u{e0000}'],
    ['spaces before a letter', ' ', 'x'],
    ['quotes', '"'],
    ['quotes and backslashes', '"\\'],
    ['mentions', '@a '],
    ['cheermotes', 'Cheer1 '],
  ])('reads a line of 64 kB of %s at once', (_, piece, end = '') => {
    const long = piece.repeat(Math.ceil(65_536 / piece.length)) + end;
    const begun = performance.now();
    for (const text of [`!lamp${long}`, `!lamp \u3000${long}`, `!${long}`, long]) {
      const line = readCommandLine({ text, bits: 100 }, '!');
      if (line) expect(splitWords(line.rest).line.length).toBeLessThanOrEqual(2_000);
    }
    expect(performance.now() - begun).toBeLessThan(500);
  });

  it('keeps an emoji whose end looks like a filler', () => {
    expect(words(' on 🐀')).toEqual(['on', '🐀']);
  });
});
