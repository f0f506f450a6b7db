import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { parseQuietHours, quietLeft, untilQuiet } from '../../../src/guard/limits/quiet-hours.js';
import { makeGuard } from '../make-guard.js';

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

describe('quietHours', () => {
  const at = new Date('2026-03-10T22:59:50');

  it('switches off when they begin, and refuses until they end', async () => {
    const { board, clock, claim } = makeGuard({}, { at });
    const horn = await claim(17, { name: 'horn', quietHours: '23:00-07:00' });
    expect(horn.turnOn()).toBeUndefined();
    await clock.advance('10s');
    expect(board.level(17)).toBe(0);
    expect(horn.turnOn()).toMatchObject({
      reason: 'pin.quietHours',
      text: 'horn is quiet at this time (23:00-07:00).',
      retryAfter: 8 * 3_600_000,
    });
    await clock.advance('8h');
    expect(horn.turnOn()).toBeUndefined();
  });

  it.each([
    ['forward into them', 90 * 60_000, 0],
    ['back to where they are far', -60 * 60_000, 1],
  ])('switch off within a second when the clock is set %s', async (_, by, level) => {
    let set = 0;
    const { board, clock, claim } = makeGuard(
      { pins: { GPIO17: { maxOn: 'never' } } },
      {
        at: new Date('2026-03-10T22:59:00'),
        setBy: () => set,
      },
    );
    const horn = await claim(17, { name: 'horn', quietHours: '23:00-07:00' });
    horn.turnOn();
    set = by;
    await clock.advance('1s');
    expect(board.level(17)).toBe(level);
    await clock.advance('1m');
    expect(board.level(17)).toBe(level);
  });

  it.each([
    ['when summer time begins', '2026-03-29T01:40:00+01:00', '03:00-07:00', '3:00:00'],
    ['when summer time ends', '2026-10-25T01:40:00+02:00', '03:00-07:00', '3:00:00'],
    ['in the hour that comes twice', '2026-10-25T02:40:00+02:00', '02:10-02:30', '2:10:00'],
  ])('go by the local time in the night %s', async (_, from, hours, off) => {
    const script = path.join(__dirname, '..', '..', 'fixtures', 'quiet-night.mjs');
    const env = { ...process.env, TZ: 'Europe/Berlin' };
    const { stdout } = await promisify(execFile)(process.execPath, [script, from, hours], { env });
    expect(stdout.trim()).toBe(off);
  });

  it('keeps the output off while the clock is not synchronised', async () => {
    const { claim } = makeGuard({}, { at: new Date('2026-03-10T12:00:00'), synced: false });
    const horn = await claim(17, { name: 'horn', quietHours: '23:00-07:00' });
    expect(horn.turnOn()).toMatchObject({ text: 'horn waits until the clock is set.' });
    const lamp = await claim(27);
    expect(lamp.turnOn()).toBeUndefined();
  });
});
