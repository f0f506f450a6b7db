import { describe, expect, it } from '@jest/globals';
import { page } from '../../src/helix/page.js';
import { RateBuckets } from '../../src/helix/rate-bucket.js';
import { TestClock } from '../simulator.js';

const list = (count: number) => Array.from({ length: count }, (_, n) => n);
const query = (text: string) => new URLSearchParams(text);

/** Where the next page begins. */
function cursorIn(json: object | undefined): string | undefined {
  return Object(Object(json).pagination).cursor;
}

/** Every page of a list, one after the other. */
function pages(count: number, first: number): readonly (readonly unknown[])[] {
  const all: (readonly unknown[])[] = [];
  let after: string | undefined = '';
  while (after !== undefined && all.length < 1_000) {
    const { json } = page(list(count), query(`first=${first}&after=${after}`));
    all.push(json?.data as readonly unknown[]);
    after = cursorIn(json);
  }
  return all;
}

describe('a list in pages', () => {
  it.each([
    [0, 20],
    [1, 1],
    [19, 20],
    [20, 20],
    [21, 20],
    [200, 100],
    [1_000, 7],
  ])('of %i, %i at a time, is whole, in order, and ends without a cursor', (count, first) => {
    const all = pages(count, first);
    expect(all.flat()).toEqual(list(count));
    expect(all).toHaveLength(Math.max(1, Math.ceil(count / first)));
    expect(all.slice(0, -1).every((each) => each.length === first)).toBe(true);
  });

  it.each(['0', '-1', '101', '1.5', 'x', '', ' ', 'Infinity', '1e9', 'NaN'])(
    'is refused for first=%j',
    (first) => {
      const { status, json } = page(list(5), query(`first=${first}`));
      expect([status, json?.message]).toEqual([
        400,
        'The parameter "first" must be between 1 and 100',
      ]);
    },
  );

  it('has as many at once as its call allows, and as many as are usual unasked', () => {
    expect(page(list(500), query('')).json?.data).toHaveLength(20);
    const more = { usual: 100, most: 1_000 };
    expect(page(list(5_000), query(''), more).json?.data).toHaveLength(100);
    expect(page(list(5_000), query('first=1000'), more).json?.data).toHaveLength(1_000);
    expect(page(list(5), query('first=1001'), more).status).toBe(400);
  });

  it.each(['x', 'eyJ9', '%', '💥', btoa('{"Offset":"1"}'), btoa('{"Offset":-1}')])(
    'is refused after what is no cursor: %j',
    (after) => {
      expect(page(list(5), new URLSearchParams({ after })).status).toBe(400);
    },
  );

  it('is empty past its end, as when it has become shorter meanwhile', () => {
    const { json } = page(list(50), query('first=20'));
    const rest = page(list(3), new URLSearchParams({ after: cursorIn(json) ?? '' }));
    expect(rest.json).toEqual({ data: [], pagination: {} });
  });

  it('carries what belongs to it beside the page', () => {
    expect(page([], query(''), {}, { total: 7 }).json).toEqual({
      ...{ data: [], pagination: {}, total: 7 },
    });
  });
});

describe('the bucket of a caller', () => {
  it('gives as many points as it holds, and refuses the next', () => {
    const clock = new TestClock();
    const buckets = new RateBuckets(800, clock.now);
    const all = list(900).map(() => buckets.draw('one').admitted);
    expect(all.filter(Boolean)).toHaveLength(800);
    expect(all.indexOf(false)).toBe(800);
    expect(buckets.draw('another').admitted).toBe(true);
  });

  it('refills steadily, and never past its brim', () => {
    const clock = new TestClock();
    const buckets = new RateBuckets(60, clock.now);
    for (let n = 0; n < 60; n++) buckets.draw('one');
    clock.pass(0.5);
    expect(buckets.draw('one').admitted).toBe(false);
    clock.pass(0.5);
    expect(buckets.draw('one').admitted).toBe(true);
    clock.pass(86_400);
    expect(buckets.draw('one').headers['Ratelimit-Remaining']).toBe('59');
  });

  it('tells when it is full again, in seconds since 1970', () => {
    const clock = new TestClock();
    const buckets = new RateBuckets(60, clock.now);
    const { headers } = buckets.draw('one');
    expect(headers).toEqual({
      'Ratelimit-Limit': '60',
      'Ratelimit-Remaining': '59',
      'Ratelimit-Reset': String(clock.time / 1_000 + 1),
    });
    for (let n = 0; n < 99; n++) buckets.draw('one');
    const { headers: empty } = buckets.draw('one');
    expect(Number(empty['Ratelimit-Reset'])).toBe(clock.time / 1_000 + 60);
    expect(empty['Ratelimit-Remaining']).toBe('0');
  });

  it('is none the fuller for a clock that is set back', () => {
    const clock = new TestClock();
    const buckets = new RateBuckets(2, clock.now);
    buckets.draw('one');
    buckets.draw('one');
    clock.pass(-3_600);
    expect(buckets.draw('one').admitted).toBe(false);
    clock.pass(30);
    expect(buckets.draw('one').admitted).toBe(true);
  });
});
