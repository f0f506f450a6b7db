import { describe, expect, it } from '@jest/globals';
import { atEnd, simulator } from '../simulator.js';
import { post, refresh, validate } from './token-client.js';

describe('the faults of the OAuth side', () => {
  it.each([404, 429, 500, 503])('answer %i so many times, and process nothing', async (status) => {
    const twitch = await simulator();
    const { refreshToken } = twitch.id.issueToken({ login: 'pertybot', clientId: 'public' });
    twitch.id.faults.next('token', { status, headers: { 'Retry-After': '1' } }, 2);
    expect((await refresh(twitch, refreshToken, 'public')).status).toBe(status);
    expect((await refresh(twitch, refreshToken, 'public')).status).toBe(status);
    expect((await refresh(twitch, refreshToken, 'public')).status).toBe(200);
  });

  it('hit only the endpoint that is named', async () => {
    const twitch = await simulator();
    const { accessToken, refreshToken } = twitch.id.issueToken({ login: 'pertybot' });
    twitch.id.faults.next('validate', { status: 500 });
    expect((await refresh(twitch, refreshToken)).status).toBe(200);
    expect((await validate(twitch, accessToken)).status).toBe(500);
  });

  it('drop a connection before the request is processed', async () => {
    const twitch = await simulator();
    const { refreshToken } = twitch.id.issueToken({ login: 'pertybot', clientId: 'public' });
    twitch.id.faults.next('token', { connection: 'drop' });
    await expect(refresh(twitch, refreshToken, 'public')).rejects.toThrow();
    expect(twitch.id.describe(refreshToken)?.live).toBe(true);
    expect(twitch.id.requests.at(-1)?.outcome).toBe('drop');
  });

  it.each(['lose-answer', 'cut'] as const)(
    'rotate a token whose answer is gone: %s',
    async (connection) => {
      const twitch = await simulator();
      const { refreshToken } = twitch.id.issueToken({ login: 'pertybot', clientId: 'public' });
      twitch.id.faults.next('token', { connection });
      await expect(refresh(twitch, refreshToken, 'public')).rejects.toThrow();
      expect(twitch.id.describe(refreshToken)?.live).toBe(false);
    },
  );

  it('never answer a stalled request', async () => {
    const twitch = await simulator();
    twitch.id.faults.next('validate', { connection: 'stall' });
    const signal = AbortSignal.timeout(100);
    const request = fetch(`${twitch.idUrl}/validate`, { signal });
    await expect(request).rejects.toThrow();
    expect(twitch.id.requests.at(-1)?.outcome).toBe('stall');
  });

  it('answer late, and not at all to a caller who has gone', async () => {
    const twitch = await simulator();
    const { refreshToken } = twitch.id.issueToken({ login: 'pertybot', clientId: 'public' });
    twitch.id.faults.next('token', { delay: 150 }, 2);
    const body = new URLSearchParams({
      client_id: 'public',
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
    });
    const answered = twitch.id.waitFor('answer');
    const signal = AbortSignal.timeout(50);
    await expect(
      fetch(`${twitch.idUrl}/token`, { method: 'POST', body, signal }),
    ).rejects.toThrow();
    expect((await answered).outcome).toBe('gone');
    expect((await refresh(twitch, refreshToken, 'public')).status).toBe(200);
  });

  it('hold requests back until they are let go', async () => {
    const twitch = await simulator();
    const { refreshToken } = twitch.id.issueToken({ login: 'pertybot' });
    const letGo = twitch.id.faults.hold('token');
    atEnd(letGo);
    const arrived = twitch.id.waitFor('request');
    const answer = refresh(twitch, refreshToken);
    await arrived;
    expect(twitch.id.requests).toHaveLength(0);
    letGo();
    expect((await answer).status).toBe(200);
  });

  it.each([
    ['malformed', '{"access_token":"half a'],
    ['html', '<html><h1>Bad Gateway</h1></html>'],
    ['empty', ''],
    ['null', 'null'],
  ] as const)('write a body that is %s', async (body, expected) => {
    const twitch = await simulator();
    twitch.id.faults.next('validate', { body });
    expect(await (await fetch(`${twitch.idUrl}/validate`)).text()).toBe(expected);
  });

  it('write scope as a string, or leave it out', async () => {
    const twitch = await simulator();
    const { refreshToken } = twitch.id.issueToken({ login: 'pertybot' });
    twitch.id.faults.next('token', { scope: 'string' });
    twitch.id.faults.next('token', { scope: 'absent' });
    expect((await refresh(twitch, refreshToken)).json.scope).toBe('chat:edit chat:read');
    expect((await refresh(twitch, refreshToken)).json).not.toHaveProperty('scope');
    expect((await refresh(twitch, refreshToken)).json.scope).toEqual(['chat:edit', 'chat:read']);
  });

  it('leave expires_in out, or lie about it', async () => {
    const twitch = await simulator();
    const { refreshToken } = twitch.id.issueToken({ login: 'pertybot' });
    twitch.id.faults.next('token', { expiresIn: 'absent' });
    twitch.id.faults.next('token', { expiresIn: 0 });
    expect((await refresh(twitch, refreshToken)).json).not.toHaveProperty('expires_in');
    expect((await refresh(twitch, refreshToken)).json.expires_in).toBe(0);
  });

  it('leave the refresh token out, and the old one stays good', async () => {
    const twitch = await simulator();
    const { refreshToken } = twitch.id.issueToken({ login: 'pertybot', clientId: 'public' });
    twitch.id.faults.next('token', { refreshToken: 'absent' });
    const { json } = await refresh(twitch, refreshToken, 'public');
    expect(json).not.toHaveProperty('refresh_token');
    expect((await refresh(twitch, refreshToken, 'public')).status).toBe(200);
  });

  it('write errors with the error key', async () => {
    const twitch = await simulator();
    twitch.id.faults.next('revoke', { errorKey: true });
    expect((await post(twitch, 'revoke', { client_id: 'nobody' })).json).toEqual({
      status: 404,
      message: 'client does not exist',
      error: 'Not Found',
    });
  });

  it('last until undone when they are for always, and end at clear', async () => {
    const twitch = await simulator();
    const undo = twitch.id.faults.always('validate', { status: 500 });
    expect((await validate(twitch, 'x')).status).toBe(500);
    expect((await validate(twitch, 'x')).status).toBe(500);
    undo();
    expect((await validate(twitch, 'x')).status).toBe(401);
    twitch.id.faults.next('validate', { status: 500 }, 5);
    twitch.id.faults.clear();
    expect((await validate(twitch, 'x')).status).toBe(401);
  });
});
