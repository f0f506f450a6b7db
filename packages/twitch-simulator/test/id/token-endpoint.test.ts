import { describe, expect, it } from '@jest/globals';
import { simulator, TestClock } from '../simulator.js';
import { getCode, post, redeem, refresh, validate } from './token-client.js';

describe('the authorization_code grant', () => {
  it('gives lowercase tokens, the seconds left and sorted scopes', async () => {
    const twitch = await simulator({ now: new TestClock().now });
    const answer = await redeem(twitch, await getCode(twitch));
    expect(answer).toEqual({
      status: 200,
      json: {
        access_token: expect.stringMatching(/^[a-z0-9]{30}$/),
        expires_in: 14_400,
        refresh_token: expect.stringMatching(/^[a-z0-9/+=%]+$/),
        scope: ['chat:edit', 'chat:read'],
        token_type: 'bearer',
      },
    });
  });

  it('gives refresh tokens that must be encoded in a form', async () => {
    const twitch = await simulator();
    const { json } = await redeem(twitch, await getCode(twitch));
    const token = String(json.refresh_token);
    for (const character of ['%', '/', '+', '=']) expect(token).toContain(character);
    expect((await refresh(twitch, encodeURIComponent(token))).status).toBe(400);
    expect((await refresh(twitch, token)).status).toBe(200);
  });

  it('leaves scope out when none was asked for, and validates it as null', async () => {
    const twitch = await simulator();
    const { json } = await redeem(twitch, await getCode(twitch, { scope: '' }));
    expect(json).not.toHaveProperty('scope');
    const answer = await validate(twitch, String(json.access_token));
    expect(answer.json.scopes).toBeNull();
  });

  it('takes a code once', async () => {
    const twitch = await simulator();
    const code = await getCode(twitch);
    expect((await redeem(twitch, code)).status).toBe(200);
    expect(await redeem(twitch, code)).toEqual({
      status: 400,
      json: { status: 400, message: 'Invalid authorization code' },
    });
  });

  it('takes no code older than ten minutes', async () => {
    const clock = new TestClock();
    const twitch = await simulator({ now: clock.now });
    const code = await getCode(twitch);
    clock.pass(601);
    expect((await redeem(twitch, code)).json.message).toBe('Invalid authorization code');
  });

  it.each([
    ['no client id', { client_id: '' }, 400, 'invalid client'],
    ['another client', { client_id: 'nobody' }, 400, 'invalid client'],
    ['no secret', { client_secret: '' }, 400, 'missing client secret'],
    ['a wrong secret', { client_secret: 'guess' }, 403, 'invalid client secret'],
    [
      'another redirect address',
      { redirect_uri: 'http://localhost:3000' },
      400,
      'Parameter redirect_uri does not match registered URI',
    ],
    ['another grant', { grant_type: 'password' }, 400, 'Invalid grant'],
    ['a made-up code', { code: 'guess' }, 400, 'Invalid authorization code'],
  ])('refuses %s', async (_, change, status, message) => {
    const twitch = await simulator();
    const answer = await redeem(twitch, await getCode(twitch), change);
    expect(answer).toEqual({ status, json: { status, message } });
  });

  it('is closed to public clients', async () => {
    const twitch = await simulator();
    const code = await getCode(twitch, { client_id: 'public' });
    const form = { client_id: 'public', code, grant_type: 'authorization_code' };
    expect((await post(twitch, 'token', form)).json.message).toBe('missing client secret');
  });

  it('reads nothing but a form, and notes who tries', async () => {
    const twitch = await simulator();
    const fields = { client_id: 'demo', client_secret: 's3cret', grant_type: 'refresh_token' };
    const json = await fetch(`${twitch.idUrl}/token`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(fields),
    });
    const query = await fetch(`${twitch.idUrl}/token?${new URLSearchParams(fields)}`, {
      method: 'POST',
    });
    expect([json.status, query.status]).toEqual([400, 400]);
    expect(twitch.id.requests.map((request) => request.problems)).toEqual([
      ['the body is not a form'],
      ['"client_secret" stands in the query string'],
    ]);
  });

  it('does not exist for GET', async () => {
    const twitch = await simulator();
    expect((await fetch(`${twitch.idUrl}/token`)).status).toBe(404);
  });
});

describe('the refresh_token grant', () => {
  it('gives a client with a secret the same refresh token again', async () => {
    const twitch = await simulator();
    const { accessToken, refreshToken } = twitch.id.issueToken({ login: 'pertybot' });
    const { json } = await refresh(twitch, refreshToken);
    expect(json.refresh_token).toBe(refreshToken);
    expect(json.access_token).not.toBe(accessToken);
    expect((await validate(twitch, accessToken)).status).toBe(200);
  });

  it('gives a public client one that works once, without a secret', async () => {
    const twitch = await simulator();
    const first = twitch.id.issueToken({ login: 'pertybot', clientId: 'public' }).refreshToken;
    const second = await refresh(twitch, first, 'public');
    expect(second.json.refresh_token).not.toBe(first);
    expect(await refresh(twitch, first, 'public')).toEqual({
      status: 400,
      json: { status: 400, message: 'Invalid refresh token' },
    });
    expect((await refresh(twitch, String(second.json.refresh_token), 'public')).status).toBe(200);
  });

  it('rotates for a client with a secret that is set up so', async () => {
    const twitch = await simulator();
    const change = { redirectUris: [], refreshTokens: 'one-time' } as const;
    twitch.id.addClient({ id: 'demo', secret: 's3cret', ...change });
    const { refreshToken } = twitch.id.issueToken({ login: 'pertybot' });
    expect((await refresh(twitch, refreshToken)).json.refresh_token).not.toBe(refreshToken);
    expect((await refresh(twitch, refreshToken)).status).toBe(400);
  });

  it('lets only one of many callers win with a one-time token', async () => {
    const twitch = await simulator();
    const token = twitch.id.issueToken({ login: 'pertybot', clientId: 'public' }).refreshToken;
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => refresh(twitch, token, 'public')),
    );
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
  });

  it('lets a public client wait no longer than 30 days', async () => {
    const clock = new TestClock();
    const twitch = await simulator({ now: clock.now });
    const token = twitch.id.issueToken({ login: 'pertybot', clientId: 'public' }).refreshToken;
    const lasting = twitch.id.issueToken({ login: 'pertybot' }).refreshToken;
    clock.pass(30 * 24 * 60 * 60);
    expect((await refresh(twitch, token, 'public')).json.message).toBe('Invalid refresh token');
    expect((await refresh(twitch, lasting)).status).toBe(200);
  });

  it('keeps the grant when the secret is wrong', async () => {
    const twitch = await simulator();
    const { refreshToken } = twitch.id.issueToken({ login: 'pertybot' });
    const answer = await post(twitch, 'token', {
      client_id: 'demo',
      client_secret: 'old',
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
    });
    expect(answer).toEqual({
      status: 403,
      json: { status: 403, message: 'invalid client secret' },
    });
    expect((await refresh(twitch, refreshToken)).status).toBe(200);
  });

  it('refuses the refresh token of another client', async () => {
    const twitch = await simulator();
    const { refreshToken } = twitch.id.issueToken({ login: 'pertybot', clientId: 'public' });
    expect((await refresh(twitch, refreshToken)).json.message).toBe('Invalid refresh token');
  });

  it('lets 50 access tokens of a grant live, no more', async () => {
    const twitch = await simulator();
    const { accessToken, refreshToken } = twitch.id.issueToken({ login: 'pertybot' });
    for (let count = 0; count < 49; count += 1) await refresh(twitch, refreshToken);
    expect((await validate(twitch, accessToken)).status).toBe(200);
    await refresh(twitch, refreshToken);
    expect((await validate(twitch, accessToken)).status).toBe(401);
  });
});

describe('the client_credentials grant', () => {
  it('gives a token without a refresh token, which belongs to nobody', async () => {
    const twitch = await simulator();
    const { json } = await post(twitch, 'token', {
      client_id: 'demo',
      client_secret: 's3cret',
      grant_type: 'client_credentials',
    });
    expect(json).not.toHaveProperty('refresh_token');
    const { json: owner } = await validate(twitch, String(json.access_token));
    expect(owner).not.toHaveProperty('login');
    expect(owner.client_id).toBe('demo');
  });
});
