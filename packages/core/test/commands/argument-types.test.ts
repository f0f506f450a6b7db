import { describe, expect, it } from '@jest/globals';
import {
  ArgumentTypeCache,
  argumentType,
  describeUnknownType,
} from '../../src/commands/argument-types.js';

const read = (type: string, word: string) => argumentType(type)?.parse(word);

/** A type, and words with what they are. */
type Row = readonly [string, ...(readonly [string, unknown])[]];

describe('words of chat', () => {
  it.each<Row>([
    ['int', ['7', 7], ['-7', -7], ['+7', 7], ['007', 7], ['0', 0]],
    ['number', ['7.5', 7.5], ['.5', 0.5], ['-.5', -0.5], ['3', 3], ['1.0', 1]],
    ['boolean', ['on', true], ['YES', true], ['true', true], ['off', false], ['No', false]],
    ['duration', ['10s', 10_000], ['10', 10_000], ['1.5', 1_500], ['1m30s', 90_000], ['0', 0]],
    ['user', ['@Alice', 'alice'], ['alice,', 'alice'], ['a_1', 'a_1']],
    ['string', ['any', 'any'], ['', ''], ['"', '"']],
    ['on|off', ['on', 'on'], ['OFF', 'off']],
    ['Red|green', ['red', 'Red'], ['GREEN', 'green']],
    ['int(1..10)', ['1', 1], ['10', 10]],
    ['int(..5)', ['-99', -99], ['5', 5]],
    ['number(0.5..)', ['0.5', 0.5], ['1000000', 1_000_000]],
    ['int(-5..-1)', ['-3', -3]],
  ])('of the type %s are read', (type, ...pairs) => {
    for (const [word, value] of pairs) {
      expect({ word, value: read(type, word) }).toEqual({ word, value });
    }
  });

  it.each([
    ['int', '7.5', '1e3', '0x5', '', ' 7', '７', '1'.repeat(16), 'NaN', 'Infinity', '--7'],
    ['number', '1e3', '1.', '.', '1,5', '1.2.3', 'Infinity', '1'.repeat(40)],
    ['boolean', '1', 'y', 'maybe', '', 'constructor'],
    ['duration', 'soon', '-5', '5x', '', '1e3s'],
    ['user', '', '@', 'two words', 'ä', 'a'.repeat(26), '@@alice', 'a-b', '<b>'],
    ['on|off', 'o', 'on ', '', 'constructor', 'on|off'],
    ['int(1..10)', '0', '11', '5.5', ''],
    ['number(0.5..1)', '0.49', '1.01'],
  ])('that are no %s are none', (type, ...words) => {
    for (const word of words) {
      expect({ word, value: read(type, word) }).toEqual({ word, value: undefined });
    }
  });

  it('of ten thousand letters are read, or not, in no time', () => {
    const long = '1'.repeat(10_000);
    for (const type of ['int', 'number', 'boolean', 'duration', 'user', 'on|off']) {
      expect({ type, value: read(type, `${long}x`) }).toEqual({ type, value: undefined });
    }
    expect(read('rest', long)).toBe(long);
  });
});

describe('an example of a type', () => {
  it.each([
    'string',
    'rest',
    'duration',
    'user',
    'boolean',
    'int',
    'number',
    'on|off',
    'int(4..9)',
  ])('of %s is one that it takes', (name) => {
    const type = argumentType(name);
    expect(type?.parse(type.example)).toBeDefined();
  });

  it.each([
    ['int', '3'],
    ['int(7..)', '7'],
    ['int(..-2)', '-2'],
    ['number(0.5..2)', '0.5'],
    ['b|a', 'b'],
  ])('of %s is %s', (name, example) => {
    expect(argumentType(name)?.example).toBe(example);
  });
});

describe('a type that is none', () => {
  it.each([
    ['integer', /Did you mean "int"\?/],
    ['Bool', /Did you mean "boolean"\?/],
    ['time', /Did you mean "duration"\?/],
    ['viewer', /Did you mean "user"\?/],
    ['numbr', /Did you mean "number"\?/],
    ['float(1..2)', /Did you mean "number\(1\.\.2\)"\?/],
    ['weather', /^the type "weather" is unknown\. There are string, rest, /],
    ['constructor', /^the type "constructor" is unknown\./],
    ['int(10..1)', /stand the wrong way round: write int\(1\.\.10\)$/],
    ['number(1.2.3..4)', /are no numbers: write number\(1\.\.10\)$/],
    ['int(1-10)', /cannot be read: write int\(1\.\.10\)$/],
    ['int(1..10', /cannot be read/],
    ['on|', /^"on\|" has an empty choice$/],
    ['|', /has an empty choice/],
  ])('%s: says why, and what to write', (name, said) => {
    expect(argumentType(name)).toBeUndefined();
    expect(describeUnknownType(name)).toMatch(said);
  });
});

describe('ArgumentTypeCache', () => {
  it('makes each type once, and remembers what is none', () => {
    const cache = new ArgumentTypeCache();
    expect(cache.find('int(1..6)')).toBe(cache.find('int(1..6)'));
    expect(cache.find('int(1..6)')).not.toBe(argumentType('int(1..6)'));
    expect([cache.find('nope'), cache.find('nope')]).toEqual([undefined, undefined]);
  });
});
