import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, jest } from '@jest/globals';
import type { TwitchSimulator } from '../../src/index.js';
import { atEnd, simulator } from '../simulator.js';
import { post, refresh, validate } from './token-client.js';

// Ten thousand requests take long where others have the machine, too.
jest.setTimeout(30_000);

/** A TCP connection to the OAuth side, whose ends are closed one at a time. */
async function connect(twitch: TwitchSimulator): Promise<Socket> {
  const { hostname, port } = new URL(twitch.idUrl);
  const socket = createConnection({ host: hostname, port: Number(port), allowHalfOpen: true });
  socket.on('error', () => undefined);
  atEnd(() => socket.destroy());
  await once(socket, 'connect');
  return socket;
}

describe('a request', () => {
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
