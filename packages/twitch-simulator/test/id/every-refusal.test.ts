import { beforeEach, describe, expect, it } from '@jest/globals';
import type { TwitchSimulator } from '../../src/index.js';
import { redirectUri, simulator, TestClock } from '../simulator.js';
import { getCode, type JsonAnswer, post, redeem, refresh, validate } from './token-client.js';

let clock: TestClock;
let twitch: TwitchSimulator;
beforeEach(async () => {
  clock = new TestClock();
  twitch = await simulator({ now: clock.now });
});

const device = 'urn:ietf:params:oauth:grant-type:device_code';
const demo = { client_id: 'demo', client_secret: 's3cret' };

/** Status and message, as Twitch writes an error: no more fields than these. */
const saidBy = ({ status, json }: JsonAnswer) => {
  expect(Object.keys(json)).toEqual(['status', 'message']);
  expect(json.status).toBe(status);
  return `${status} ${json.message}`;
};

describe('POST /oauth2/token', () => {
  it.each([
    [{}, '400 missing client id'],
    [{ client_id: 'nobody' }, '400 invalid client'],
    [{ client_id: '__proto__' }, '400 invalid client'],
    [{ client_id: 'demo' }, '400 missing grant type'],
    [{ client_id: 'demo', grant_type: 'refresh_token' }, '400 missing client secret'],
    [{ client_id: 'demo', client_secret: '', grant_type: 'x' }, '400 missing client secret'],
    [{ ...demo, client_secret: 'S3CRET', grant_type: 'x' }, '403 invalid client secret'],
    [{ ...demo, grant_type: 'x' }, '400 Invalid grant'],
    [{ ...demo, grant_type: 'password' }, '400 Invalid grant'],
    [{ ...demo, grant_type: 'authorization_code' }, '400 missing code'],
    [{ ...demo, grant_type: 'authorization_code', code: 'x' }, '400 missing redirect uri'],
    [
      { ...demo, grant_type: 'authorization_code', code: 'x', redirect_uri: 'http://elsewhere/' },
      '400 Parameter redirect_uri does not match registered URI',
    ],
    [
      { ...demo, grant_type: 'authorization_code', code: 'x', redirect_uri: redirectUri },
      '400 Invalid authorization code',
    ],
    [{ ...demo, grant_type: 'refresh_token', refresh_token: 'x' }, '400 Invalid refresh token'],
    [{ client_id: 'public', grant_type: device }, '400 missing device code'],
    [{ client_id: 'public', grant_type: device, device_code: 'x' }, '400 invalid device code'],
    [{ client_id: 'public', grant_type: 'client_credentials' }, '400 missing client secret'],
  ])('says %j what is wrong', async (fields, said) => {
    expect(saidBy(await post(twitch, 'token', fields))).toBe(said);
  });

  it('takes no code with another address than that of its login', async () => {
    const second = 'http://localhost:3000/second';
    const redirectUris = [redirectUri, second];
    twitch.id.addClient({ id: 'demo', secret: 's3cret', redirectUris });
    const code = await getCode(twitch);
    const said = await redeem(twitch, code, { redirect_uri: second });
    expect(saidBy(said)).toBe('400 Invalid authorization code');
    expect(saidBy(await redeem(twitch, code))).toBe('400 Invalid authorization code');
  });

  it('kills a grant by the word of its owner alone, never by a wrong secret or a wrong client', async () => {
    const { refreshToken } = twitch.id.issueToken({ login: 'pertybot' });
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken };
    expect(saidBy(await post(twitch, 'token', { ...demo, ...form, client_secret: 'x' }))).toBe(
      '403 invalid client secret',
    );
    expect(saidBy(await post(twitch, 'token', { ...form, client_id: 'public' }))).toBe(
      '400 Invalid refresh token',
    );
    expect((await refresh(twitch, refreshToken)).status).toBe(200);
    twitch.id.killGrant(refreshToken);
    expect(saidBy(await refresh(twitch, refreshToken))).toBe('400 Invalid refresh token');
  });
});

describe('POST /oauth2/device', () => {
  it.each([
    [{}, '400 missing client id'],
    [{ client_id: 'nobody', scopes: 'chat:read' }, '400 invalid client'],
    [{ client_id: 'public', scopes: 'chat:write' }, '400 invalid scope requested'],
    [{ client_id: 'public', scopes: 'chat:read CHAT' }, '400 invalid scope requested'],
  ])('says %j what is wrong', async (fields, said) => {
    expect(saidBy(await post(twitch, 'device', fields))).toBe(said);
  });

  it('is pending, then over, and never gives its tokens to another application', async () => {
    const { json } = await post(twitch, 'device', { client_id: 'public', scopes: 'chat:read' });
    const poll = (client_id: string) =>
      post(twitch, 'token', {
        ...{ client_id, scopes: 'chat:read', grant_type: device },
        device_code: String(json.device_code),
      });
    expect(saidBy(await poll('public'))).toBe('400 authorization_pending');
    twitch.id.approveDevice(String(json.user_code));
    expect(saidBy(await poll('demo'))).toBe('400 invalid device code');
    expect((await poll('public')).json).toMatchObject({ scope: ['chat:read'] });
    expect(saidBy(await poll('public'))).toBe('400 invalid device code');
  });
});

describe('POST /oauth2/revoke', () => {
  it.each([
    [{}, '400 missing client id'],
    [{ client_id: 'nobody', token: 'x' }, '404 client does not exist'],
    [{ client_id: 'demo' }, '400 missing oauth token'],
    [{ client_id: 'demo', token: 'x' }, '400 Invalid token'],
  ])('says %j what is wrong', async (fields, said) => {
    expect(saidBy(await post(twitch, 'revoke', fields))).toBe(said);
  });

  it('ends one token, and leaves the grant', async () => {
    const { accessToken, refreshToken } = twitch.id.issueToken({ login: 'pertybot' });
    const fields = { client_id: 'demo', token: accessToken };
    expect((await post(twitch, 'revoke', fields)).status).toBe(200);
    expect(saidBy(await validate(twitch, accessToken))).toBe('401 invalid access token');
    expect((await refresh(twitch, refreshToken)).status).toBe(200);
  });
});

describe('GET /oauth2/validate', () => {
  it('knows a token to its last second, and says how many are left', async () => {
    const { accessToken } = twitch.id.issueToken({ login: 'pertybot', expiresIn: 100 });
    clock.pass(98.5);
    expect((await validate(twitch, accessToken)).json).toMatchObject({ expires_in: 1 });
    clock.pass(1.4);
    expect((await validate(twitch, accessToken)).json).toMatchObject({ expires_in: 0 });
    clock.pass(0.1);
    expect(saidBy(await validate(twitch, accessToken))).toBe('401 invalid access token');
  });
});
