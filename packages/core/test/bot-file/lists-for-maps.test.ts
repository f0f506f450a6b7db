import { describe, expect, it } from '@jest/globals';
import { listsForMaps } from '../../src/bot-file/lists-for-maps.js';
import { v } from '../../src/index.js';

const lamp = v.strictObject({
  pin: v.number(),
  words: v.optional(v.record(v.string(), v.string())),
});
const schema = v.optional(
  v.pipe(
    v.strictObject({
      lamps: v.optional(v.pipe(v.record(v.string(), lamp), v.description('Lamps')), {}),
      rooms: v.array(v.record(v.string(), v.number())),
      names: v.optional(v.array(v.string())),
    }),
    v.transform((input) => input),
  ),
  { rooms: [] },
);

describe('listsForMaps', () => {
  it.each([
    [{ lamps: [{ pin: 1 }] }, ['lamps']],
    [{ lamps: { a: [1], b: { words: ['x'] } } }, ['lamps.a', 'lamps.b.words']],
    [{ rooms: [{ a: 1 }, [1]] }, ['rooms.1']],
    [[], ['']],
    [{ lamps: { a: { pin: 1 } }, rooms: [{}], names: ['a'] }, []],
    [undefined, []],
    ['lamps', []],
  ])('of %j are %j', (value, paths) => {
    expect(listsForMaps(schema, value).map((path) => path.join('.'))).toEqual(paths);
  });
});
