import { describe, expect, it } from '@jest/globals';
import {
  isReservedCommand,
  reservedCommands,
  reservedWord,
} from '../../src/contracts/emergency-stop.js';
import { mayBePrefix, plainText, plainWord } from '../../src/contracts/plain-word.js';

const invisibles = [
  '\u200b',
  '\u200d',
  '\u2060',
  '\ufeff',
  '\u00ad',
  '\u034f',
  '\u{e0000}',
  '\ufe0f',
];

describe('plainText', () => {
  it.each(invisibles)('leaves out what nobody sees: %j', (sign) => {
    expect(plainText(`${sign}la${sign}mp${sign}`)).toBe('lamp');
  });

  it('makes wide and fancy letters ordinary ones', () => {
    expect(plainText('ｌａｍｐ 𝐥𝐚𝐦𝐩 ①')).toBe('lamp lamp 1');
  });

  it('leaves every ordinary text as it is', () => {
    for (const text of ['', 'lamp on', 'größer', '日本語', 'Ω 🎉', '{user}']) {
      expect(plainText(text)).toBe(text);
    }
  });
});

describe('plainWord', () => {
  it.each([
    ['OFF!!!', 'off'],
    ['ＯＦＦ', 'off'],
    ['off…', 'off'],
    ['off🎉', 'off'],
    ['o\u200bff', 'off'],
    ['"off"', '"off'],
    ['!!!', ''],
    ['', ''],
    ['90°', '90'],
    ['ÄUS', 'äus'],
  ])('%j is %j', (word, plain) => {
    expect(plainWord(word)).toBe(plain);
  });

  it('takes a hundred thousand signs behind a word in its stride', () => {
    expect(plainWord(`off${'!'.repeat(100_000)}`)).toBe('off');
  });
});

describe('mayBePrefix', () => {
  it.each([
    ['！lamp', 0, true],
    ['\u200b!lamp', 0, true],
    ['\u{e0000}!lamp', 0, true],
    ['!lamp', 0, false],
    ['lamp', 0, false],
    ['?lamp', 0, false],
    ['', 0, false],
    ['a', 7, false],
    ['é!', 0, false],
  ])('asks of %j at %i: %p', (text, index, may) => {
    expect(mayBePrefix(text, index, '!')).toBe(may);
  });

  it('knows the wide form of any prefix', () => {
    for (const prefix of ['!', '?', '$', '~', 'b']) {
      const wide = String.fromCharCode(prefix.charCodeAt(0) + 0xfee0);
      expect(mayBePrefix(`${wide}lamp`, 0, prefix)).toBe(true);
    }
  });
});

describe('the words that stop everything', () => {
  it.each(['estop', 'stop', 'STOP', 'eStop!', 'ｓｔｏｐ', 'st\u200bop', 'stop!!!!!', 'stop.'])(
    'are meant by %j',
    (word) => {
      expect(isReservedCommand(word)).toBe(true);
      expect(reservedCommands).toContain(reservedWord(word));
    },
  );

  it.each(['', 'stopp', 'stop-it', 'nonstop', 'e stop', '!', 'estop2', 'constructor'])(
    'are not meant by %j',
    (word) => {
      expect([isReservedCommand(word), reservedWord(word)]).toEqual([false, undefined]);
    },
  );
});
