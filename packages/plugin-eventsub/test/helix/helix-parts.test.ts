import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '@pertybot/core/testing';
import { NoAnswer } from '../../src/helix/http-exchange.js';
import { RateBucket } from '../../src/helix/rate-bucket.js';
import { readJson, toApiError, toUnreachable } from '../../src/helix/to-api-error.js';
import { toTarget } from '../../src/helix/to-target.js';

const answer = (status: number, body = '', headers: Readonly<Record<string, string>> = {}) => ({
  ...{ status, body, headers },
});

describe('the path and query of a call', () => {
  it.each([
    [{ path: 'users' }, 'users'],
    [{ path: 'channel_points/custom_rewards' }, 'channel_points/custom_rewards'],
    [{ path: 'users', query: { id: 7 } }, 'users?id=7'],
    [{ path: 'users', query: { id: ['1', '2'], login: undefined } }, 'users?id=1&id=2'],
    [{ path: 'users', query: { id: [] } }, 'users'],
    [{ path: 'users', query: { 'a b': 'c&d=é' } }, 'users?a+b=c%26d%3D%C3%A9'],
  ])('are put together: %p', (request, target) => {
    expect(toTarget(request)).toBe(target);
  });

  it.each([
    '',
    '/users',
    'users/',
    '../users',
    'a//b',
    'https://evil.example',
    'a?b=c',
    'a#b',
    'a b',
    'ü',
  ])('lead the token nowhere else: %p', (path) => {
    expect(() => toTarget({ path })).toThrow(
      expect.objectContaining({ code: 'TWITCH_API_REQUEST_INVALID' }),
    );
  });
});

describe('an answer that is no success', () => {
  it.each([
    [400, 'TWITCH_API_REFUSED', false],
    [401, 'TWITCH_API_UNAUTHORIZED', false],
    [403, 'TWITCH_API_FORBIDDEN', false],
    [404, 'TWITCH_API_REFUSED', false],
    [429, 'TWITCH_API_RATE_LIMITED', true],
    [500, 'TWITCH_API_UNAVAILABLE', true],
    [503, 'TWITCH_API_UNAVAILABLE', true],
  ])('of status %i is %s', (status, code, transient) => {
    const error = toApiError('GET users', answer(status, '{"message":"no"}'), { secret: 's3' });
    expect(error).toMatchObject({ code, status, reason: 'no', transient });
    expect(error.hint).toMatch(/\.$/);
    expect(error.message).toBe(`Twitch answered "GET users" with ${status}: "no".`);
  });

  it.each(['', '<html>', '[]', 'null', '7', '{}', '{"message":7}', '{"message":""}'])(
    'gives no reason where it has none: %p',
    (body) => {
      const error = toApiError('GET users', answer(502, body), { secret: 's3' });
      expect(error.reason).toBeUndefined();
      expect(error.message).toBe('Twitch answered "GET users" with 502.');
    },
  );

  it('tells neither a secret nor what could speak to a terminal, nor all of what is long', () => {
    const message = `token s3cret is bad\u001b[31m\n${'x'.repeat(500)}`;
    const body = JSON.stringify({ message });
    const { reason = '' } = toApiError('GET users', answer(400, body), { secret: 's3cret' });
    expect(reason).toContain('token … is bad [31m');
    expect(reason).toHaveLength(200);
  });

  it('reads a body that is empty as none', () => {
    expect(readJson(' ')).toBeUndefined();
    expect(readJson('{"a":1}')).toEqual({ a: 1 });
    expect(() => readJson('{')).toThrow(SyntaxError);
  });

  it.each([
    ['ECONNREFUSED', 'Check the network'],
    ['CERT_NOT_YET_VALID', 'Check the date'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'Check the date'],
  ])('is none at all: %s', (reason, cure) => {
    const error = new NoAnswer(reason, true, new Error(reason));
    const told = toUnreachable('GET users', 'https://api.twitch.tv/helix', error);
    expect(told.message).toBe(`"api.twitch.tv" cannot be reached for "GET users": "${reason}".`);
    expect(told.hint).toContain(cure);
    expect(told).toMatchObject({ transient: true, status: undefined });
  });
});

describe('how many requests Twitch still allows', () => {
  const headers = (remaining: number, reset: number, date = 'Thu, 01 Jan 1970 00:00:10 GMT') => ({
    ...{ 'ratelimit-limit': '2', 'ratelimit-remaining': `${remaining}` },
    ...{ 'ratelimit-reset': `${reset}`, date },
  });
  const { signal } = new AbortController();

  it('holds nobody up until an answer tells', async () => {
    const bucket = new RateBucket(new ManualClock());
    for (let n = 0; n < 10_000; n += 1) await bucket.take(signal);
    bucket.giveBack();
    expect(bucket.learn(answer(200))).toBeUndefined();
  });

  it('waits until it is full again, and then lets through as many as it holds', async () => {
    const clock = new ManualClock();
    const bucket = new RateBucket(clock);
    await bucket.take(signal);
    bucket.learn(answer(200, '', headers(0, 15)));
    let through = 0;
    for (let n = 0; n < 5; n += 1) void bucket.take(signal).then(() => (through += 1));
    await clock.advance('4s');
    expect(through).toBe(0);
    await clock.advance('1s');
    expect(through).toBeGreaterThanOrEqual(2);
  });

  it('is called off while it waits', async () => {
    const bucket = new RateBucket(new ManualClock());
    await bucket.take(signal);
    bucket.learn(answer(200, '', headers(0, 15)));
    const stop = new AbortController();
    const waiting = bucket.take(stop.signal);
    stop.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
  });

  it.each([
    ['its own clock', headers(0, 15), 5_000],
    ['nothing longer than a minute', headers(0, 9_999), 60_000],
    ['nothing where the time has come', headers(0, 5), 0],
    ['what it says of the next try', { 'retry-after': '7' }, 7_000],
    ['nobody where points are left: it is another limit', headers(1, 15), undefined],
    ['nobody where it says nothing', {}, undefined],
    ['nobody where it says no number', { 'retry-after': 'soon' }, undefined],
  ])('has a refusal for too many wait by %s', async (_, told, wait) => {
    const bucket = new RateBucket(new ManualClock());
    await bucket.take(signal);
    expect(bucket.learn(answer(429, '', told))).toBe(wait);
  });
});
