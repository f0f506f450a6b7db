import { describe, expect, it } from '@jest/globals';
import type { EndpointName, TwitchSimulator } from '../../src/index.js';
import { simulator } from '../simulator.js';
import { authorizeUrl, getCode, post, redeem, refresh, validate } from './token-client.js';

const endpoints = ['authorize', 'token', 'validate', 'revoke', 'device', 'activate'] as const;

function urlOf(twitch: TwitchSimulator, endpoint: EndpointName): string {
  return endpoint === 'activate'
    ? twitch.idUrl.replace('/oauth2', '/activate')
    : `${twitch.idUrl}/${endpoint}`;
}

describe('every endpoint', () => {
  it.each(endpoints)('%s does not exist for DELETE', async (endpoint) => {
    const twitch = await simulator();
    const answer = await fetch(urlOf(twitch, endpoint), { method: 'DELETE' });
    expect(await answer.json()).toEqual({ status: 404, message: 'not found' });
  });

  it.each(endpoints)('%s can be told to fail, and works again', async (endpoint) => {
    const twitch = await simulator();
    const url = urlOf(twitch, endpoint);
    const before = (await fetch(url)).status;
    twitch.id.faults.next(endpoint, { status: 503, message: 'down', headers: { 'X-Why': 'test' } });
    const answer = await fetch(url);
    expect([answer.status, answer.headers.get('x-why')]).toEqual([503, 'test']);
    expect(await answer.json()).toEqual({ status: 503, message: 'down' });
    expect((await fetch(url)).status).toBe(before);
  });

  it.each(
    endpoints.flatMap((endpoint) =>
      (['drop', 'lose-answer', 'cut'] as const).map((connection) => ({ endpoint, connection })),
    ),
  )('$endpoint can lose its connection by $connection', async ({ endpoint, connection }) => {
    const twitch = await simulator();
    twitch.id.faults.next(endpoint, { connection });
    const request = fetch(urlOf(twitch, endpoint)).then((answer) => answer.text());
    await expect(request).rejects.toThrow();
    await expect(fetch(urlOf(twitch, endpoint))).resolves.toBeDefined();
    expect(twitch.id.requests[0]?.outcome).toBe(connection);
  });

  it.each(endpoints)('%s can be slow without holding up the others', async (endpoint) => {
    const twitch = await simulator();
    const release = twitch.id.faults.hold(endpoint);
    const held = fetch(urlOf(twitch, endpoint));
    for (const other of endpoints.filter((each) => each !== endpoint)) {
      await fetch(urlOf(twitch, other));
    }
    release();
    expect((await held).status).toBeGreaterThan(0);
    expect(twitch.id.requests).toHaveLength(endpoints.length);
  });
});

describe('a request without what it needs', () => {
  const client = { client_id: 'demo', client_secret: 's3cret' };
  it.each([
    ['token', {}, 400, 'missing client id'],
    ['token', { client_id: 'demo' }, 400, 'missing grant type'],
    ['token', { ...client, grant_type: 'authorization_code' }, 400, 'missing code'],
    [
      'token',
      { ...client, grant_type: 'authorization_code', code: 'x' },
      400,
      'missing redirect uri',
    ],
    ['token', { ...client, grant_type: 'refresh_token' }, 400, 'missing refresh token'],
    [
      'token',
      { client_id: 'demo', grant_type: 'urn:ietf:params:oauth:grant-type:device_code' },
      400,
      'missing device code',
    ],
    ['token', { ...client, grant_type: 'constructor' }, 400, 'Invalid grant'],
    ['revoke', {}, 400, 'missing client id'],
    ['revoke', { client_id: 'nobody' }, 404, 'client does not exist'],
    ['revoke', { client_id: 'demo' }, 400, 'missing oauth token'],
    ['revoke', { client_id: 'demo', token: 'x' }, 400, 'Invalid token'],
    ['device', {}, 400, 'missing client id'],
    ['device', { client_id: '__proto__' }, 400, 'invalid client'],
    ['device', { client_id: 'public', scopes: 'Not A Scope' }, 400, 'invalid scope requested'],
  ])('to %s with %j is told so', async (endpoint, form, status, message) => {
    const twitch = await simulator();
    expect(await post(twitch, endpoint, form)).toEqual({ status, json: { status, message } });
  });

  it.each(['', 'x', 'OAuth', 'OAuth ', 'OAuth a b', 'Basic abc', 'Bearer'])(
    'to validate by %j is refused',
    async (authorization) => {
      const twitch = await simulator();
      const headers = new Headers();
      if (authorization !== '') headers.set('Authorization', authorization);
      expect((await fetch(`${twitch.idUrl}/validate`, { headers })).status).toBe(401);
    },
  );

  it('shows its page for a scope whose name every object has', async () => {
    const twitch = await simulator();
    const answer = await fetch(authorizeUrl(twitch, { scope: 'constructor' }));
    expect([answer.status, (await answer.text()).includes('[native code]')]).toEqual([200, false]);
  });
});

describe('the steps of a login in another order', () => {
  it('give no token for a code of another client, and none for it later', async () => {
    const twitch = await simulator();
    twitch.id.addClient({
      id: 'other',
      secret: 's3cret',
      redirectUris: ['http://localhost:3000/'],
    });
    const code = await getCode(twitch);
    expect((await redeem(twitch, code, { client_id: 'other' })).status).toBe(400);
  });

  it('take no device before a person does, and a device once', async () => {
    const twitch = await simulator({ deviceInterval: 0 });
    const { json } = await post(twitch, 'device', { client_id: 'public', scopes: 'chat:read' });
    const poll = () =>
      post(twitch, 'token', {
        client_id: 'public',
        scopes: 'chat:read',
        device_code: String(json.device_code),
        grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      });
    expect((await poll()).json.message).toBe('authorization_pending');
    twitch.id.approveDevice(String(json.user_code), { as: 'streamer' });
    const answers = await Promise.all([poll(), poll(), poll()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
  });

  it('let nobody in by a device that was turned away', async () => {
    const twitch = await simulator();
    const { json } = await post(twitch, 'device', { client_id: 'public', scopes: 'chat:read' });
    const page = urlOf(twitch, 'activate');
    const body = { 'device-code': String(json.user_code), decision: 'deny' };
    const denied = await fetch(page, { method: 'POST', body: new URLSearchParams(body) });
    expect(await denied.text()).toContain('was not let in');
    const again = await fetch(`${page}?device-code=${String(json.user_code)}`);
    expect(again.status).toBe(404);
  });

  it('revoke a token twice only once, and no token of another client', async () => {
    const twitch = await simulator();
    const { accessToken } = twitch.id.issueToken({ login: 'pertybot' });
    const revoke = (client_id: string) => post(twitch, 'revoke', { client_id, token: accessToken });
    expect((await revoke('public')).status).toBe(400);
    expect((await validate(twitch, accessToken)).status).toBe(200);
    expect((await revoke('demo')).status).toBe(200);
    expect((await revoke('demo')).status).toBe(400);
  });

  it('end with the application: each of its tokens is dead', async () => {
    const twitch = await simulator();
    const { accessToken, refreshToken } = twitch.id.issueToken({ login: 'pertybot' });
    twitch.id.removeClient('demo');
    expect((await validate(twitch, accessToken)).status).toBe(401);
    expect((await refresh(twitch, refreshToken)).json.message).toBe('invalid client');
  });
});
