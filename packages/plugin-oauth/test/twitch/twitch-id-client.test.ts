import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { OAuthConfig } from '../../src/twitch/oauth-config.js';
import { TwitchIdClient } from '../../src/twitch/twitch-id-client.js';
import { OAuthFixture } from '../oauth-fixture.js';

describe('TwitchIdClient', () => {
  let fixture: OAuthFixture;

  beforeEach(async () => {
    fixture = await OAuthFixture.start();
  });

  afterEach(() => fixture.stop());

  function client(config: Partial<OAuthConfig> = {}) {
    return new TwitchIdClient({ ...fixture.config, ...config });
  }

  it('sends secrets in form bodies and headers, never in a URL', async () => {
    const { accessToken, refreshToken } = fixture.twitch.id.issueToken({ login: 'pertybot' });
    await client().refresh(refreshToken);
    await client().validate(accessToken);
    await client().revoke(accessToken);
    await client()
      .exchangeCode('no-code')
      .catch(() => {});
    await client().requestDeviceCode(['chat:read']);
    await client().pollDeviceCode('no-code', ['chat:read']);
    expect(fixture.twitch.id.requests).toHaveLength(6);
    for (const request of fixture.twitch.id.requests) {
      expect(request.problems).toEqual([]);
      expect(request.queryNames).toEqual([]);
    }
  });

  it('refreshes with a refresh token that needs encoding', async () => {
    const { refreshToken } = fixture.twitch.id.issueToken({ login: 'pertybot' });
    expect(refreshToken).toMatch(/\/.*%3d/);
    const answer = await client().refresh(refreshToken);
    expect(answer?.scopes).toEqual(['chat:edit', 'chat:read']);
  });

  it('takes "Invalid refresh token" for the end of the grant', async () => {
    expect(await client().refresh('made-up')).toBeUndefined();
  });

  it('tells a wrong secret from a dead grant', async () => {
    const { refreshToken } = fixture.twitch.id.issueToken({ login: 'pertybot' });
    await expect(client({ clientSecret: 'wrong' }).refresh(refreshToken)).rejects.toMatchObject({
      code: 'OAUTH_CLIENT_SECRET_WRONG',
      transient: false,
    });
    await expect(client({ clientSecret: undefined }).refresh(refreshToken)).rejects.toMatchObject({
      code: 'OAUTH_CLIENT_SECRET_MISSING',
    });
    await expect(client({ clientId: 'nobody' }).refresh(refreshToken)).rejects.toMatchObject({
      code: 'OAUTH_CLIENT_ID_WRONG',
    });
    expect(await client().refresh(refreshToken)).toBeDefined();
  });

  it.each([
    ['status 429', { status: 429, headers: { 'retry-after': '3' } }, 'OAUTH_TWITCH_UNAVAILABLE'],
    ['status 500', { status: 500 }, 'OAUTH_TWITCH_UNAVAILABLE'],
    ['half a JSON', { body: 'malformed' }, 'OAUTH_TWITCH_UNAVAILABLE'],
    ['HTML', { body: 'html' }, 'OAUTH_TWITCH_UNAVAILABLE'],
    ['null', { body: 'null' }, 'OAUTH_TWITCH_UNAVAILABLE'],
    ['nothing', { body: 'empty' }, 'OAUTH_TWITCH_UNAVAILABLE'],
    ['a cut connection', { connection: 'drop' }, 'OAUTH_TWITCH_UNREACHABLE'],
    ['a lost answer', { connection: 'lose-answer' }, 'OAUTH_TWITCH_UNREACHABLE'],
    ['half an answer', { connection: 'cut' }, 'OAUTH_TWITCH_UNREACHABLE'],
    ['silence', { connection: 'stall' }, 'OAUTH_TWITCH_UNREACHABLE'],
  ] as const)('takes %s for a fault that may pass', async (_name, fault, code) => {
    const { accessToken, refreshToken } = fixture.twitch.id.issueToken({ login: 'pertybot' });
    const hasty = client({ timeout: 200 });
    fixture.twitch.id.faults.next('validate', fault);
    await expect(hasty.validate(accessToken)).rejects.toMatchObject({ code, transient: true });
    fixture.twitch.id.faults.next('token', fault);
    await expect(hasty.refresh(refreshToken)).rejects.toMatchObject({ code, transient: true });
  });

  it('says after how long it gave up', async () => {
    fixture.twitch.id.faults.next('validate', { connection: 'stall' });
    await expect(client({ timeout: 50 }).validate('token')).rejects.toThrow(
      'no answer within 50 ms',
    );
  });

  it('says why nobody can be reached', async () => {
    await fixture.twitch.stop();
    await expect(client().validate('token')).rejects.toThrow('ECONNREFUSED');
  });

  it('takes 401 alone for an invalid token', async () => {
    const { accessToken } = fixture.twitch.id.issueToken({ login: 'pertybot' });
    fixture.twitch.id.expire(accessToken);
    expect(await client().validate(accessToken)).toBeUndefined();
  });

  it('sends nothing that no header can carry, and does not quote it', async () => {
    expect(await client().validate('secret“\n')).toBeUndefined();
    expect(fixture.twitch.id.requests).toHaveLength(0);
  });

  it('follows no redirect, which would carry the secret away', async () => {
    fixture.twitch.id.faults.next('token', {
      status: 307,
      headers: { location: 'http://127.0.0.1:1/' },
    });
    await expect(client().refresh('any')).rejects.toMatchObject({
      code: 'OAUTH_TWITCH_UNAVAILABLE',
    });
  });

  it('ends at once when it is called off', async () => {
    fixture.twitch.id.faults.next('validate', { connection: 'stall' });
    const ended = new AbortController();
    const validation = client().validate('token', ended.signal);
    ended.abort(new Error('called off'));
    await expect(validation).rejects.toThrow('called off');
  });

  it('revokes once', async () => {
    const { accessToken } = fixture.twitch.id.issueToken({ login: 'pertybot' });
    expect(await client().revoke(accessToken)).toBe(true);
    expect(await client().revoke(accessToken)).toBe(false);
    expect(fixture.twitch.id.describe(accessToken)?.live).toBe(false);
  });

  it('asks for the account each time on a page with the exact redirect URI', () => {
    const url = new URL(client().authorizeUrl(['chat:read', 'chat:edit'], 'the-state'));
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: fixture.config.clientId,
      redirect_uri: fixture.config.redirectUri,
      scope: 'chat:read chat:edit',
      state: 'the-state',
      force_verify: 'true',
    });
  });
});
