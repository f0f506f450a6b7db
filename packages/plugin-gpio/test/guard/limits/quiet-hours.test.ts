import { describe, expect, it } from '@jest/globals';
import { parseQuietHours, quietLeft, untilQuiet } from '../../../src/guard/limits/quiet-hours.js';

const minute = 60_000;
const at = (time: string) => new Date(`2026-03-10T${time}`);

function hours(text: string) {
  const parsed = parseQuietHours(text);
  if (!parsed) throw new Error(`"${text}" was not read.`);
  return parsed;
}

describe('parseQuietHours', () => {
  it('reads hours across midnight', () => {
    expect(parseQuietHours('23:00-07:30')).toEqual({ from: 1380, to: 450, text: '23:00-07:30' });
  });

  it.each(['', '23-7', '24:00-07:00', '23:60-07:00', '12:00-12:00', '12:00-25:00'])(
    'refuses %j',
    (text) => expect(parseQuietHours(text)).toBeUndefined(),
  );

  it('lets them last until midnight', () => {
    expect(quietLeft(hours('22:00-24:00'), at('23:59:00'))).toBe(minute);
    expect(quietLeft(hours('22:00-24:00'), at('00:00:00'))).toBe(0);
  });
});

describe('quietLeft', () => {
  it.each([
    ['22:59:59', 0],
    ['23:00:00', 8 * 60 * minute],
    ['02:00:00', 5 * 60 * minute],
    ['06:59:00', minute],
    ['07:00:00', 0],
    ['12:00:00', 0],
  ])('at %s of 23:00-07:00 leaves %d ms', (time, left) => {
    expect(quietLeft(hours('23:00-07:00'), at(time))).toBe(left);
  });

  it('covers a time within one day', () => {
    expect(quietLeft(hours('12:00-13:00'), at('12:30:00'))).toBe(30 * minute);
    expect(quietLeft(hours('12:00-13:00'), at('13:00:00'))).toBe(0);
  });
});

describe('untilQuiet', () => {
  it('counts to the next beginning, also past midnight', () => {
    expect(untilQuiet(hours('23:00-07:00'), at('22:30:00'))).toBe(30 * minute);
    expect(untilQuiet(hours('06:00-07:00'), at('22:00:00'))).toBe(8 * 60 * minute);
  });
});
