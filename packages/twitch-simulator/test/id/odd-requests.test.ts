import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, jest } from '@jest/globals';
import type { EndpointName, TwitchSimulator } from '../../src/index.js';
import { atEnd, simulator } from '../simulator.js';
import { authorizeUrl, getCode, post, redeem, refresh, validate } from './token-client.js';

// Ten thousand requests take long where others have the machine, too.
jest.setTimeout(30_000);

const endpoints = ['authorize', 'token', 'validate', 'revoke', 'device', 'activate'] as const;

function urlOf(twitch: TwitchSimulator, endpoint: EndpointName): string {
  return endpoint === 'activate'
    ? twitch.idUrl.replace('/oauth2', '/activate')
    : `${twitch.idUrl}/${endpoint}`;
}

/** A TCP connection to the OAuth side, whose ends are closed one at a time. */
async function connect(twitch: TwitchSimulator): Promise<Socket> {
  const { hostname, port } = new URL(twitch.idUrl);
  const socket = createConnection({ host: hostname, port: Number(port), allowHalfOpen: true });
  socket.on('error', () => undefined);
  atEnd(() => socket.destroy());
  await once(socket, 'connect');
  return socket;
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

  it.each([
    '/',
    '//',
    '/oauth2',
    '/oauth2/',
    '/oauth2/constructor',
    '/oauth2/token/',
    '/OAUTH2/token',
    '/%00',
  ])('leads nowhere at %s', async (path) => {
    const twitch = await simulator();
    const socket = await connect(twitch);
    socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 404 /);
  });
});

describe('a body', () => {
  it('of a megabyte is read to its end, and only its beginning is kept', async () => {
    const twitch = await simulator();
    const { refreshToken } = twitch.id.issueToken({ login: 'pertybot' });
    const late = {
      client_id: 'demo',
      client_secret: 's3cret',
      filler: 'x'.repeat(1_000_000),
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
    };
    expect((await post(twitch, 'token', late)).json.message).toBe('missing grant type');
    expect((await refresh(twitch, refreshToken)).status).toBe(200);
  });

  it('that comes byte by byte is read all the same', async () => {
    const twitch = await simulator();
    const { refreshToken } = twitch.id.issueToken({ login: 'pertybot' });
    const body = new URLSearchParams({
      client_id: 'demo',
      client_secret: 's3cret',
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
    }).toString();
    const socket = await connect(twitch);
    socket.setNoDelay(true);
    socket.write(
      'POST /oauth2/token HTTP/1.1\r\nHost: x\r\nConnection: close\r\n' +
        `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n`,
    );
    for (const character of body) {
      await new Promise<void>((resolve) => socket.write(character, () => resolve()));
    }
    expect(await text(socket)).toContain('"access_token"');
  });

  it('that breaks off changes nothing', async () => {
    const twitch = await simulator();
    const { refreshToken } = twitch.id.issueToken({ login: 'pertybot', clientId: 'public' });
    const socket = await connect(twitch);
    socket.write(
      'POST /oauth2/token HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n' +
        `Content-Type: application/x-www-form-urlencoded\r\n\r\nrefresh_token=${refreshToken}`,
    );
    socket.resetAndDestroy();
    expect((await refresh(twitch, refreshToken, 'public')).status).toBe(200);
  });
});

describe('a connection', () => {
  it('whose caller has closed its half is answered', async () => {
    const twitch = await simulator();
    const socket = await connect(twitch);
    socket.end('GET /oauth2/validate HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 401 /);
  });

  it('may carry several requests at once, answered in order', async () => {
    const twitch = await simulator();
    const socket = await connect(twitch);
    const get = (path: string, close = '') => `GET ${path} HTTP/1.1\r\nHost: x\r\n${close}\r\n`;
    socket.write(
      get('/oauth2/validate') + get('/nowhere') + get('/activate', 'Connection: close\r\n'),
    );
    const statuses = (await text(socket)).match(/HTTP\/1\.1 \d+/g);
    expect(statuses).toEqual(['HTTP/1.1 401', 'HTTP/1.1 404', 'HTTP/1.1 200']);
  });

  it('that speaks no HTTP is refused, and keeps nobody else waiting', async () => {
    const twitch = await simulator();
    const socket = await connect(twitch);
    socket.write('NICK pertybot\r\n\r\n');
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 /);
    expect((await validate(twitch, 'x')).status).toBe(401);
  });

  it('that never says anything does not keep the simulator from stopping', async () => {
    const twitch = await simulator();
    const sockets = await Promise.all(Array.from({ length: 20 }, () => connect(twitch)));
    twitch.id.faults.always('validate', { connection: 'stall' });
    const stalled = fetch(`${twitch.idUrl}/validate`).catch(() => 'cut');
    await twitch.id.waitFor('answer');
    const closed = sockets.map((socket) => once(socket.resume(), 'end'));
    await twitch.stop();
    await Promise.all(closed);
    expect(await stalled).toBe('cut');
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

describe('ten thousand requests', () => {
  it('are answered, and the latest are remembered', async () => {
    const twitch = await simulator();
    const socket = await connect(twitch);
    const count = 10_000;
    const one = 'GET /oauth2/validate HTTP/1.1\r\nHost: x\r\n\r\n';
    socket.write(one.repeat(count - 1));
    socket.end(one.replace('Host: x', 'Host: x\r\nConnection: close'));
    const answers = (await text(socket)).match(/HTTP\/1\.1 401/g);
    expect(answers).toHaveLength(count);
    expect(twitch.id.requests.length).toBeGreaterThanOrEqual(2_000);
    expect(twitch.id.requests.length).toBeLessThanOrEqual(4_000);
  });
});
