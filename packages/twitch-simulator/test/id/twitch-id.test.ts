import { describe, expect, it } from '@jest/globals';
import { SimulatorError } from '../../src/index.js';
import { simulator } from '../simulator.js';
import { post, refresh, validate } from './token-client.js';

describe('TwitchId', () => {
  it('issues tokens that work at once', async () => {
    const twitch = await simulator();
    const { accessToken, refreshToken } = twitch.id.issueToken({
      login: 'PertyBot',
      scopes: ['chat:read'],
      expiresIn: 60,
    });
    const { json } = await validate(twitch, accessToken);
    expect(json).toMatchObject({ login: 'pertybot', scopes: ['chat:read'] });
    expect(Number(json.expires_in)).toBeLessThanOrEqual(60);
    expect((await refresh(twitch, refreshToken)).status).toBe(200);
  });

  it('revokes and expires single access tokens', async () => {
    const twitch = await simulator();
    const [one, other] = [
      twitch.id.issueToken({ login: 'pertybot' }),
      twitch.id.issueToken({ login: 'pertybot' }),
    ];
    twitch.id.revoke(one.accessToken);
    twitch.id.expire(other.accessToken);
    expect((await validate(twitch, one.accessToken)).status).toBe(401);
    expect((await validate(twitch, other.accessToken)).status).toBe(401);
    expect((await refresh(twitch, one.refreshToken)).status).toBe(200);
  });

  it('kills a grant with all of its tokens', async () => {
    const twitch = await simulator();
    const { accessToken, refreshToken } = twitch.id.issueToken({ login: 'pertybot' });
    twitch.id.killGrant(refreshToken);
    expect((await validate(twitch, accessToken)).status).toBe(401);
    expect((await refresh(twitch, refreshToken)).json.message).toBe('Invalid refresh token');
  });

  it('describes tokens without changing them', async () => {
    const twitch = await simulator();
    const { accessToken, refreshToken } = twitch.id.issueToken({ login: 'streamer' });
    expect(twitch.id.describe(accessToken)).toEqual({
      kind: 'access',
      live: true,
      clientId: 'demo',
      login: 'streamer',
      scopes: ['chat:edit', 'chat:read'],
    });
    twitch.id.killGrant(refreshToken);
    expect(twitch.id.describe(refreshToken)).toMatchObject({ kind: 'refresh', live: false });
    expect(twitch.id.describe('guess')).toBeUndefined();
  });

  it('forgets a client with all of its tokens', async () => {
    const twitch = await simulator();
    const { accessToken } = twitch.id.issueToken({ login: 'pertybot' });
    twitch.id.removeClient('demo');
    expect((await validate(twitch, accessToken)).status).toBe(401);
    expect((await refresh(twitch, 'x')).json.message).toBe('invalid client');
  });

  it('keeps names of parameters in its log, never their values', async () => {
    const twitch = await simulator();
    const { refreshToken } = twitch.id.issueToken({ login: 'pertybot' });
    await refresh(twitch, refreshToken);
    expect(twitch.id.requests).toEqual([
      {
        method: 'POST',
        path: '/oauth2/token',
        queryNames: [],
        formNames: ['client_id', 'client_secret', 'grant_type', 'refresh_token'],
        contentType: 'application/x-www-form-urlencoded;charset=UTF-8',
        grantType: 'refresh_token',
        outcome: 200,
        problems: [],
      },
    ]);
    expect(JSON.stringify(twitch.id.requests)).not.toContain('s3cret');
  });

  it('hands whole requests to those who ask for them', async () => {
    const twitch = await simulator();
    const bodies: string[] = [];
    const undo = twitch.id.on('request', (request) => bodies.push(request.body));
    await post(twitch, 'revoke', { client_id: 'demo', token: 'a/b%c' });
    undo();
    await post(twitch, 'revoke', { client_id: 'demo', token: 'later' });
    expect(bodies).toEqual(['client_id=demo&token=a%2Fb%25c']);
  });

  it('answers 404 for any other path', async () => {
    const twitch = await simulator();
    const answer = await fetch(`${twitch.idUrl}/nothing`);
    expect([answer.status, await answer.json()]).toEqual([
      404,
      { status: 404, message: 'not found' },
    ]);
  });

  it('names what it does not know', async () => {
    const twitch = await simulator();
    const issue = (): unknown => twitch.id.issueToken({ login: 'stranger' });
    expect(issue).toThrow(SimulatorError);
    expect(issue).toThrow('There is no account "stranger".');
    expect(() => twitch.id.issueToken({ login: 'pertybot', clientId: 'x' })).toThrow(
      'There is no client "x".',
    );
    expect(() => twitch.id.approveDevice('ABCDEFGH')).toThrow('No device waits with "ABCDEFGH".');
    expect(() => twitch.id.revoke('guess')).toThrow('That access token was never issued.');
    expect(() => twitch.id.killGrant('guess')).toThrow('That refresh token was never issued.');
  });
});
