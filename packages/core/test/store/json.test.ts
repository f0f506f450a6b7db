import { describe, expect, it } from '@jest/globals';
import { StoreError } from '../../src/contracts/store.js';
import { assertJson, parseJson } from '../../src/store/json.js';
import { describeHolder, parseHolder, startTimeOf } from '../../src/store/lock.js';

/** What is said of a value that is no JSON; undefined for one that is. */
function faultOf(value: unknown): string | undefined {
  try {
    assertJson(value, 'key');
    return undefined;
  } catch (error) {
    if (error instanceof StoreError && error.code === 'STORE_VALUE_INVALID') return error.message;
    throw error;
  }
}

describe('assertJson', () => {
  it.each<unknown>([
    null,
    '',
    'text',
    0,
    -1.5,
    true,
    [],
    {},
    [[[]]],
    { a: [null, { b: 'c' }] },
    { 'a b': 1, '': 2, constructor: 3 },
  ])('takes %j', (value) => {
    expect(faultOf(value)).toBeUndefined();
  });

  it.each<[unknown, string]>([
    [undefined, '"key" is no JSON: it is undefined.'],
    [Number.NaN, '"key" is no JSON: it is number.'],
    [Number.POSITIVE_INFINITY, '"key" is no JSON: it is number.'],
    [5n, '"key" is no JSON: it is bigint.'],
    [Symbol('x'), '"key" is no JSON: it is symbol.'],
    [() => 1, '"key" is no JSON: it is function.'],
    [new Date(0), '"key" is no JSON: it is Date.'],
    [new Map(), '"key" is no JSON: it is Map.'],
    [Buffer.from('x'), '"key" is no JSON: it is Buffer.'],
    [/x/, '"key" is no JSON: it is RegExp.'],
    [{ a: { b: [1, undefined] } }, '"key.a.b[1]" is no JSON: it is undefined.'],
    [[{ deep: new Set() }], '"key[0].deep" is no JSON: it is Set.'],
  ])('refuses %p, with its place', (value, message) => {
    expect(faultOf(value)).toBe(message);
  });

  it('refuses what holds itself, however far down, and takes what holds another twice', () => {
    const circle: Record<string, unknown> = {};
    circle.deep = [{ again: circle }];
    expect(faultOf(circle)).toBe('"key.deep[0].again" is no JSON: it is a circle.');
    const twice = { a: 1 };
    expect(faultOf([twice, twice, { twice }])).toBeUndefined();
  });

  it('takes objects without a prototype, and their fields alone', () => {
    const bare = Object.assign(Object.create(null), { a: 1 });
    expect(faultOf(bare)).toBeUndefined();
    expect(faultOf(Object.create({ inherited: () => 1 }))).toMatch(/it is Object\.$/);
  });

  it('looks through ten thousand values', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => ({ index }));
    expect(faultOf(many)).toBeUndefined();
    expect(faultOf([...many, 5n])).toBe('"key[10000]" is no JSON: it is bigint.');
  });
});

describe('parseJson', () => {
  it('is what a text stands for, and undefined for what is none', () => {
    expect(parseJson('{"a":[1]}')).toEqual({ a: [1] });
    expect(parseJson('null')).toBeNull();
    for (const text of ['', '{', "{'a':1}", 'undefined', '[1,]', '\u0000']) {
      expect([text, parseJson(text)]).toEqual([text, undefined]);
    }
  });
});

describe('what a holder says of itself', () => {
  it('is read as it was written', () => {
    const holder = describeHolder('pertybot start');
    expect(parseHolder(JSON.stringify(holder))).toEqual(holder);
    expect(holder).toMatchObject({ pid: process.pid, command: 'pertybot start' });
    expect(Date.now() - Date.parse(holder.since)).toBeLessThan(60_000);
  });

  it.each([
    '',
    'null',
    '[]',
    '{"pid":0,"command":"x","since":""}',
    '{"pid":1,"command":"x","since":""}',
    '{"pid":-5,"command":"x","since":""}',
    '{"pid":1.5,"command":"x","since":""}',
    '{"pid":"7","command":"x","since":""}',
    '{"pid":7,"since":""}',
    '{"pid":7,"command":"x"}',
    '{"pid":7,"command":"x","since":"","startTime":"soon"}',
    '{"pid":7,"command":"x","sin',
  ])('is nobody for %j, so that no signal goes to a stranger', (text) => {
    expect(parseHolder(text)).toBeUndefined();
  });

  it('may come without the time of its start, and with more than is known', () => {
    expect(parseHolder('{"pid":7,"command":"x","since":"","more":1}')).toEqual({
      pid: 7,
      command: 'x',
      since: '',
    });
  });
});

describe('startTimeOf', () => {
  it('is the same each time for a process, and undefined for none', () => {
    const isLinux = process.platform === 'linux';
    expect(startTimeOf(process.pid)).toEqual(isLinux ? expect.any(Number) : undefined);
    expect(startTimeOf(process.pid)).toBe(startTimeOf(process.pid));
    expect(startTimeOf(2 ** 30)).toBeUndefined();
    expect(startTimeOf(-1)).toBeUndefined();
  });
});
