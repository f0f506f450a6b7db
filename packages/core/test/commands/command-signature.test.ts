import { describe, expect, it } from '@jest/globals';
import { splitWords } from '../../src/commands/command-line.js';
import { parseSignature } from '../../src/commands/command-signature.js';

const parse = (signature: string, rest: string) =>
  parseSignature(signature).parse(splitWords(rest));

describe('parseSignature', () => {
  it('reads every kind of parameter', () => {
    const signature =
      'do <who:user> <state:on|off> <count:int(1..10)> [share:number] [for:duration] [loud:boolean] [text...]';
    expect(parse(signature, '@Alice ON 3 0.5 1m30s yes and  all "the" rest')).toEqual({
      who: 'alice',
      state: 'on',
      count: 3,
      share: 0.5,
      for: 90_000,
      loud: true,
      text: 'and  all "the" rest',
    });
  });

  it('leaves optional arguments out', () => {
    expect(parse('lamp <state:on|off> [for:duration]', 'off')).toEqual({ state: 'off' });
  });

  it.each([
    ['lamp <state:on|off>', ''],
    ['lamp <state:on|off>', 'maybe'],
    ['lamp <state:on|off>', 'on off'],
    ['lamp', 'on'],
    ['roll <sides:int(1..10)>', '11'],
    ['roll <sides:int(1..10)>', '0'],
    ['roll <sides:int>', '1.5'],
    ['roll <sides:int>', '0x10'],
    ['roll <sides:int>', '9'.repeat(30)],
    ['dim <share:number(0..1)>', '1.01'],
    ['dim <share:number>', '1e3'],
    ['wait <for:duration>', 'soon'],
    ['wait <for:duration>', '-3s'],
    ['greet <who:user>', 'not a user'],
    ['greet <who:user>', '@'],
    ['set <on:boolean>', 'perhaps'],
    ['say <text...>', ''],
    ['say <text...>', '   '],
  ])('refuses for %p the arguments %p', (signature, rest) => {
    expect(parse(signature, rest)).toBeUndefined();
  });

  it('takes a duration without a unit as seconds', () => {
    expect(parse('wait <for:duration>', '2')).toEqual({ for: 2_000 });
    expect(parse('wait <for:duration>', '500ms')).toEqual({ for: 500 });
  });

  it('takes open bounds', () => {
    expect(parse('roll <n:int(..5)>', '-7')).toEqual({ n: -7 });
    expect(parse('roll <n:int(5..)>', '4')).toBeUndefined();
  });

  it('gives back a choice as the author wrote it', () => {
    expect(parse('color <c:Red|Blue>', 'rEd')).toEqual({ c: 'Red' });
  });

  it('drops quotes around the whole rest, and only those', () => {
    expect(parse('say <text...>', '"hello there"')).toEqual({ text: 'hello there' });
    expect(parse('say <text:rest>', '"hello" there')).toEqual({ text: '"hello" there' });
  });

  it('takes types of the author', () => {
    const color = (word: string) => (/^#[0-9a-f]{6}$/.test(word) ? { hex: word } : undefined);
    const signature = parseSignature('color <c:color>', { color });
    expect(signature.parse(splitWords('#ff0000'))).toEqual({ c: { hex: '#ff0000' } });
    expect(signature.parse(splitWords('red'))).toBeUndefined();
  });

  it('makes a call that its own parameters accept', () => {
    for (const text of [
      'do <who:user> <state:on|off> <count:int(1..10)> <share:number(..2)> <for:duration>',
      'say <loud:boolean> <word> <text...>',
      'lamp [for:duration]',
      'lamp',
    ]) {
      const signature = parseSignature(text);
      expect(signature.parse(splitWords(signature.example))).toBeDefined();
    }
  });

  it.each([
    ['', 'the name is missing'],
    ['<state>', 'the name is missing'],
    ['lamp state', '"state" is neither <required> nor [optional]'],
    ['lamp <state', 'a "<" has no ">"'],
    ['lamp <>', '"<>" has no proper name'],
    ['lamp <state:>', '"<state:>" has no proper name'],
    ['lamp <state:onoff>', 'the type "onoff" is unknown'],
    ['lamp <state:on|>', '"on|" has an empty choice'],
    ['lamp <n:int(5..1)>', 'write int(1..5)'],
    ['lamp <n:int(a..1)>', 'cannot be read'],
    ['lamp [n:integer(1..5)]', 'Did you mean "int(1..5)"? There are string, rest'],
    ['lamp [n:durtion]', 'Did you mean "duration"?'],
    ['lamp [n', 'a "[" has no "]"'],
    ['lamp <n:int(1-6)>', 'cannot be read: write int(1..10)'],
    ['!lamp', 'has a prefix'],
    ['lamp [a] <b>', 'the required "b" stands behind the optional "a"'],
    ['lamp <a...> <b>', '"a" takes the rest but is not the last'],
    ['lamp <a> <a>', '"a" stands twice'],
    ['lamp <toString:toString>', 'the type "toString" is unknown'],
  ])('refuses the signature %p', (signature, message) => {
    expect(() => parseSignature(signature)).toThrow(
      expect.objectContaining({
        code: 'COMMAND_SIGNATURE_INVALID',
        message: expect.stringContaining(message),
        hint: expect.stringContaining('lamp <state:on|off>'),
      }),
    );
  });
});
