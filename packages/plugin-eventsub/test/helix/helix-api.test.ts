import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SystemClock } from '@pertybot/core/host';
import { ManualClock } from '@pertybot/core/testing';
import { HelixApi } from '../../src/helix/helix-api.js';
import { TwitchApiError, type TwitchApiRequest } from '../../src/index.js';
import { FakeTokens, makeToken } from '../fake-tokens.js';
import { FakeHelix } from './fake-helix.js';

let helix: FakeHelix;
let tokens: FakeTokens;
let clock: ManualClock;
let apis: HelixApi[];

beforeEach(async () => {
  helix = await FakeHelix.start();
  tokens = new FakeTokens();
  tokens.set('bot', makeToken('pertybot', 'first'));
  tokens.set('alice', makeToken('alice', 'of-alice', ['bits:read']));
  clock = new ManualClock();
  apis = [];
});

afterEach(async () => {
  for (const api of apis) await api.close();
  await helix.close();
});

function makeApi(apiUrl = helix.url, timeout = 2_000): HelixApi {
  const config = { apiUrl, timeout, eventsubUrl: 'ws://127.0.0.1:1' };
  const api = new HelixApi(tokens, config, clock);
  apis.push(api);
  return api;
}

/** Lets the waits of a call pass until it has ended. */
async function passing<Result>(call: Promise<Result>): Promise<Result> {
  const real = new SystemClock();
  let ended = false;
  const done = call.finally(() => {
    ended = true;
  });
  done.catch(() => {});
  while (!ended) {
    await clock.advance(100);
    await new Promise<void>((resolve) => real.after(1, resolve));
  }
  return done;
}

async function refusalOf(request: TwitchApiRequest, api = makeApi()): Promise<TwitchApiError> {
  const error = await passing(api.request(request)).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(TwitchApiError);
  return error as TwitchApiError;
}

describe('HelixApi', () => {
  it('asks with the token of the account, its client, query and body', async () => {
    const answer = await makeApi().request({
      account: { account: 'broadcaster', channel: 'alice' },
      method: 'PATCH',
      path: 'channel_points/custom_rewards/redemptions',
      query: { id: ['a', 'b'], broadcaster_id: 7, after: undefined },
      body: { status: 'FULFILLED' },
      scopes: ['bits:read'],
    });
    expect(answer).toEqual({ data: [] });
    expect(helix.arrived).toMatchObject([
      {
        method: 'PATCH',
        url: '/helix/channel_points/custom_rewards/redemptions?id=a&id=b&broadcaster_id=7',
        body: '{"status":"FULFILLED"}',
        headers: {
          authorization: 'Bearer of-alice',
          'client-id': 'the-client',
          'content-type': 'application/json',
        },
      },
    ]);
    expect(tokens.asked).toMatchObject([{ account: 'broadcaster', scopes: ['bits:read'] }]);
  });

  it('gives undefined for an answer without a body', async () => {
    helix.answers = [{ status: 204 }];
    expect(await makeApi().request({ method: 'DELETE', path: 'raids' })).toBeUndefined();
  });

  it('reads the token at each request, and keeps the connection', async () => {
    const api = makeApi();
    await api.request({ path: 'users' });
    tokens.set('bot', makeToken('pertybot', 'second'));
    await api.request({ path: 'users' });
    const bearers = helix.arrived.map(({ headers }) => headers.authorization);
    expect(bearers).toEqual(['Bearer first', 'Bearer second']);
    expect(new Set(helix.arrived.map(({ port }) => port)).size).toBe(1);
  });

  it('says of a refused token that it is, and asks once more with the next', async () => {
    tokens.next.set('first', makeToken('pertybot', 'second'));
    helix.answers = [{ status: 401 }, { status: 200, body: { data: [1] } }];
    expect(await makeApi().request({ path: 'users' })).toEqual({ data: [1] });
    expect(tokens.invalidated).toEqual(['first']);
    expect(helix.arrived[1]?.headers.authorization).toBe('Bearer second');
  });

  it('does not ask a third time', async () => {
    tokens.next.set('first', makeToken('pertybot', 'second'));
    tokens.next.set('second', makeToken('pertybot', 'third'));
    helix.answers = [{ status: 401, body: { message: 'Invalid OAuth token' } }];
    const error = await refusalOf({ path: 'users' });
    expect(error).toMatchObject({ code: 'TWITCH_API_UNAUTHORIZED', status: 401 });
    expect(helix.arrived).toHaveLength(2);
    expect(tokens.invalidated).toEqual(['first', 'second']);
  });

  it.each([
    [400, 'TWITCH_API_REFUSED'],
    [403, 'TWITCH_API_FORBIDDEN'],
    [404, 'TWITCH_API_REFUSED'],
    [409, 'TWITCH_API_REFUSED'],
    [302, 'TWITCH_API_REFUSED'],
  ])('throws what Twitch says with %i', async (status, code) => {
    helix.answers = [{ status, body: { status, message: 'No\u001bsuch thing', id: 'abc' } }];
    const error = await refusalOf({ path: 'users' });
    expect(error).toMatchObject({ code, status, reason: 'No such thing', transient: false });
    expect(error.answer).toMatchObject({ id: 'abc' });
    expect(error.message).toBe(`Twitch answered "GET users" with ${status}: "No such thing".`);
    expect(helix.arrived).toHaveLength(1);
  });

  it('tells nobody the token', async () => {
    helix.answers = [{ status: 400, body: { message: 'what is first?' } }];
    const error = await refusalOf({ path: 'users' });
    expect(`${error.message} ${error.reason} ${JSON.stringify(error)}`).not.toContain('first');
  });

  it('asks three times more where Twitch fails', async () => {
    helix.answers = [{ status: 503 }, { status: 500 }, 'reset', { status: 200, body: {} }];
    const start = clock.now();
    expect(await passing(makeApi().request({ path: 'users' }))).toEqual({});
    expect(clock.now() - start).toBeGreaterThanOrEqual(3_500);
    helix.answers = [{ status: 502 }];
    expect(await refusalOf({ path: 'users' })).toMatchObject({
      code: 'TWITCH_API_UNAVAILABLE',
      status: 502,
      transient: true,
    });
    expect(helix.arrived).toHaveLength(8);
  });

  it('sends nothing twice that may have arrived', async () => {
    helix.answers = ['reset', { status: 200, body: {} }];
    const error = await refusalOf({ method: 'POST', path: 'chat/messages', body: {} });
    expect(error.code).toBe('TWITCH_API_UNREACHABLE');
    expect(helix.arrived).toHaveLength(1);
  });

  it('names the host that does not answer', async () => {
    const api = makeApi('http://127.0.0.1:9/helix');
    const error = await refusalOf({ path: 'users' }, api);
    expect(error.code).toBe('TWITCH_API_UNREACHABLE');
    expect(error.message).toContain('127.0.0.1:9');
  });

  it('gives up what takes too long', async () => {
    helix.answers = ['silence'];
    const error = await refusalOf({ path: 'users' }, makeApi(helix.url, 30));
    expect(error.message).toContain('no answer within 30 ms');
    expect(helix.arrived).toHaveLength(4);
  });

  it('waits until Ratelimit-Reset when Twitch refuses for too many requests', async () => {
    const reset = (Date.parse('2026-01-01T12:00:00Z') + 20_000) / 1_000;
    const date = 'Thu, 01 Jan 2026 12:00:00 GMT';
    const headers = { date, 'ratelimit-limit': '800', 'ratelimit-remaining': '0' };
    helix.answers = [
      { status: 429, headers: { ...headers, 'ratelimit-reset': String(reset) } },
      { status: 200, body: { data: ['late'] } },
    ];
    const start = clock.now();
    expect(await passing(makeApi().request({ path: 'users' }))).toEqual({ data: ['late'] });
    expect(clock.now() - start).toBeGreaterThanOrEqual(20_000);
  });

  it('waits before it asks when no point is left', async () => {
    const api = makeApi();
    const reset = (Date.now() + 10_000) / 1_000;
    const headers = { 'ratelimit-limit': '2', 'ratelimit-remaining': '0' };
    helix.answers = [
      { status: 200, body: {}, headers: { ...headers, 'ratelimit-reset': String(reset) } },
      { status: 200, body: {} },
    ];
    await api.request({ path: 'users' });
    const start = clock.now();
    await passing(api.request({ path: 'users' }));
    expect(clock.now() - start).toBeGreaterThan(5_000);
  });

  it('never waits longer than a minute, whatever Twitch says', async () => {
    const headers = { 'ratelimit-remaining': '0', 'ratelimit-reset': '99999999999' };
    helix.answers = [{ status: 429, headers }];
    const error = await refusalOf({ path: 'users' });
    expect(error).toMatchObject({ code: 'TWITCH_API_RATE_LIMITED', status: 429 });
    expect(clock.now()).toBeLessThan(5 * 60_000);
    expect(helix.arrived).toHaveLength(4);
  });

  it('does not wait out limits that waiting does not mend', async () => {
    const message = 'number of websocket transports limit exceeded';
    const headers = { 'ratelimit-remaining': '790', 'ratelimit-reset': '99999999999' };
    helix.answers = [{ status: 429, headers, body: { message } }];
    const error = await refusalOf({ method: 'POST', path: 'eventsub/subscriptions', body: {} });
    expect(error.reason).toBe(message);
    expect(helix.arrived).toHaveLength(1);
  });

  it('ends with the signal, while it waits for a login or for an answer', async () => {
    const ending = new AbortController();
    const account = { account: 'broadcaster', channel: 'bob' } as const;
    const waiting = makeApi().request({ path: 'users', account, signal: ending.signal });
    helix.answers = ['silence'];
    const asked = makeApi().request({ path: 'users', signal: ending.signal });
    ending.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    await expect(asked).rejects.toThrow('enough');
  });

  it.each(['', '/users', 'https://evil.example/', '../oauth2/token', 'users?id=1', 'a//b'])(
    'refuses the path "%s"',
    async (path) => {
      await expect(makeApi().request({ path })).rejects.toMatchObject({
        code: 'TWITCH_API_REQUEST_INVALID',
      });
      expect(helix.arrived).toHaveLength(0);
    },
  );

  it('says when an answer is no JSON, or has no end', async () => {
    helix.answers = [{ status: 200, body: '<html>' }];
    expect(await refusalOf({ path: 'users' })).toMatchObject({ code: 'TWITCH_API_ANSWER_INVALID' });
    helix.answers = [{ status: 200, body: ' '.repeat(5_000_000) }];
    expect(await refusalOf({ path: 'users' })).toMatchObject({ code: 'TWITCH_API_ANSWER_INVALID' });
  });
});
