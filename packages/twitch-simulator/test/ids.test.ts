import { describe, expect, it } from '@jest/globals';
import { toLogin } from '../src/people.js';
import { sessionId, shortId } from '../src/twitch-ids.js';
import { toTwitchTime, toWholeSeconds } from '../src/twitch-time.js';

const at = Date.UTC(2026, 1, 3, 4, 5, 6, 7);

describe('a moment', () => {
  it('is written with nanoseconds, of which the last six are of the moment alone', () => {
    const times = Array.from({ length: 200 }, () => toTwitchTime(at));
    for (const time of times) {
      expect(time).toMatch(/^2026-02-03T04:05:06\.007\d{6}Z$/);
      expect(Date.parse(time)).toBe(at);
    }
    expect(new Set(times).size).toBeGreaterThan(100);
  });

  it('is written in whole seconds where lists have it so', () => {
    expect(toWholeSeconds(at)).toBe('2026-02-03T04:05:06Z');
    expect(toWholeSeconds(0)).toBe('1970-01-01T00:00:00Z');
  });
});

describe('an id', () => {
  it('of a session has the form of Twitch’s, and names its cell', () => {
    const ids = Array.from({ length: 200 }, sessionId);
    expect(new Set(ids).size).toBe(200);
    for (const id of ids) {
      expect(id).toMatch(/^AgoQ[\w-]{32}$/);
      expect(Buffer.from(id, 'base64url').toString('latin1')).toMatch(/cell-a$/);
    }
  });

  it('of a show has 27 letters and digits', () => {
    const ids = Array.from({ length: 200 }, shortId);
    expect(new Set(ids).size).toBe(200);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9]{27}$/);
  });
});

describe('a login', () => {
  it.each([
    ['Name', 'name'],
    ['#Name', 'name'],
    [' #NAME ', 'name'],
    ['##name', '#name'],
    ['', ''],
    ['#', ''],
  ])('of %j is %j', (name, login) => {
    expect(toLogin(name)).toBe(login);
  });
});
