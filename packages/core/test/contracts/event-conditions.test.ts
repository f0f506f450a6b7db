import { describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import {
  conditionEntries,
  type EventFacts,
  fitBy,
  type Wanted,
} from '../../src/contracts/event-conditions.js';

interface Sample {
  readonly count?: number;
  readonly words?: readonly (string | undefined)[];
  readonly gift?: boolean;
  readonly id?: string;
}

const conditions: EventFacts<Sample>['conditions'] = {
  min: { kind: 'least', about: 'At least.', of: ({ count }) => count },
  max: { kind: 'most', about: 'At most.', of: ({ count }) => count },
  word: { kind: 'word', about: 'One of.', of: ({ words = [] }) => words },
  gift: { kind: 'yes', about: 'Whether.', of: ({ gift }) => gift },
};

const unfit = (wanted: Wanted, event: Sample) => fitBy({ conditions }, wanted)(event);

describe('what an entry asks of an event', () => {
  it('is nothing by itself, and nothing is what an unknown key asks', () => {
    expect(unfit({}, {})).toBeUndefined();
    expect(unfit({ other: 5, constructor: 1 }, {})).toBeUndefined();
    expect(unfit({ min: undefined }, {})).toBeUndefined();
  });

  it.each<[Wanted, number | undefined, string | undefined]>([
    [{ min: 5 }, 5, undefined],
    [{ min: 5 }, 4, '"min" asks for 5, and it was 4'],
    [{ max: 5 }, 5, undefined],
    [{ max: 5 }, 6, '"max" asks for 5, and it was 6'],
    [{ min: 0 }, 0, undefined],
    [{ min: 2, max: 4 }, 3, undefined],
    [{ min: 2, max: 4 }, 5, '"max" asks for 4, and it was 5'],
    [{ min: 1 }, undefined, '"min" asks for 1, and it was not told'],
    [{ max: 1 }, undefined, '"max" asks for 1, and it was not told'],
    [{ min: Number.NaN }, 5, '"min" asks for NaN, and it was 5'],
    [{ min: '5' }, 5, '"min" asks for 5, and it was 5'],
  ])('%j, where it was %p: %p', (wanted, count, why) => {
    expect(unfit(wanted, count === undefined ? {} : { count })).toBe(why);
  });

  it.each<[unknown, readonly (string | undefined)[], boolean]>([
    ['lamp', ['lamp'], true],
    ['  LAMP ', ['Lamp'], true],
    ['lamp', [undefined, 'lamp'], true],
    [['horn', 'lamp'], ['lamp'], true],
    [[], ['lamp'], false],
    ['lamp', [], false],
    ['lamp', [undefined], false],
    [7, ['7'], true],
    ['amp', ['lamp'], false],
  ])('the word %j, where there are %j: %p', (word, words, fits) => {
    expect(unfit({ word }, { words }) === undefined).toBe(fits);
  });

  it('says which words were wanted and which there were', () => {
    expect(unfit({ word: ['a', 'b'] }, { words: ['c', undefined, 'd'] })).toBe(
      '"word" asks for a or b, and it was c, d',
    );
    expect(unfit({ word: 'a' }, {})).toBe('"word" asks for a, and it was not told');
  });

  it.each<[boolean, boolean | undefined, string | undefined]>([
    [true, true, undefined],
    [false, false, undefined],
    [true, false, '"gift" asks for true, and it was false'],
    [false, undefined, '"gift" asks for false, and it was not told'],
  ])('%p, where it was %p: %p', (gift, was, why) => {
    expect(unfit({ gift }, was === undefined ? {} : { gift: was })).toBe(why);
  });

  it('must fit in all', () => {
    expect(unfit({ min: 1, gift: true, word: 'a' }, { count: 1, gift: true, words: ['a'] })).toBe(
      undefined,
    );
    expect(unfit({ min: 1, gift: true }, { count: 1, gift: false })).toMatch(/"gift"/);
  });
});

describe('what goes on', () => {
  const going = { conditions, once: ({ id = '' }: Sample) => id };

  it('fits once for each that it goes on about, as soon as the conditions do', () => {
    const fit = fitBy(going, { min: 3 });
    const told = [1, 3, 4, 5].map((count) => fit({ id: 'a', count }) ?? 'fits');
    expect(told).toEqual([
      '"min" asks for 3, and it was 1',
      'fits',
      'it was set off before',
      'it was set off before',
    ]);
    expect(fit({ id: 'b', count: 3 })).toBeUndefined();
    expect(fit({ id: 'a', count: 3 })).toBeUndefined();
  });

  it('fits each time where nothing is asked', () => {
    const fit = fitBy(going, {});
    expect([fit({ id: 'a' }), fit({ id: 'a' })]).toEqual([undefined, undefined]);
  });

  it('is judged for each entry apart', () => {
    const [one, two] = [fitBy(going, { min: 1 }), fitBy(going, { min: 1 })];
    expect([one({ id: 'a', count: 1 }), two({ id: 'a', count: 1 })]).toEqual([
      undefined,
      undefined,
    ]);
  });
});

describe('conditionEntries', () => {
  const schema = v.strictObject(conditionEntries({ conditions }));
  const faultsOf = (value: unknown) =>
    v.safeParse(schema, value).issues?.map(({ message }) => message) ?? [];

  it('takes what may be asked, words alone or in lists, numbers as words', () => {
    expect(v.parse(schema, { min: 1, max: 2.5, word: 'a', gift: false })).toEqual({
      min: 1,
      max: 2.5,
      word: ['a'],
      gift: false,
    });
    expect(v.parse(schema, { word: ['a', 7] })).toEqual({ word: ['a', '7'] });
    expect(v.parse(schema, {})).toEqual({});
  });

  it.each([
    [{ min: -1 }, 'expected a number, 0 or more'],
    [{ min: 'many' }, 'expected a number'],
    [{ max: Number.NaN }, 'expected a number'],
    [{ word: { a: 1 } }, 'expected a word, or a list of words'],
    [{ word: [null] }, 'expected a word, or a list of words'],
    [{ gift: 'yes' }, 'expected true or false'],
  ])('refuses %j in words', (value, message) => {
    expect(faultsOf(value)).toContain(message);
  });

  it('says of each key what it asks, for editors', () => {
    const described = Object.entries(conditionEntries({ conditions })).map(([name, entry]) => [
      name,
      v.getDescription(entry),
    ]);
    expect(described).toEqual([
      ['min', 'At least.'],
      ['max', 'At most.'],
      ['word', 'One of.'],
      ['gift', 'Whether.'],
    ]);
  });
});
