import http from 'node:http';
import net from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CallbackServer, findPageOwner, portOf } from '../../src/login/callback-server.js';
import { freePort } from '../oauth-fixture.js';

interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

function ask(port: number, path: string, options: http.RequestOptions = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port, path, agent: false, ...options });
    request.on('error', reject);
    request.on('response', (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    request.end();
  });
}

describe('CallbackServer', () => {
  let port: number;
  let server: CallbackServer;
  let taken: string[];
  let refusal: string | undefined;

  beforeEach(async () => {
    port = await freePort();
    taken = [];
    refusal = undefined;
    server = await start(`http://localhost:${port}/auth`);
  });

  afterEach(() => server.stop(false));

  function start(redirectUri: string) {
    return CallbackServer.start({
      redirectUri,
      owner: 'this-bot',
      page: () => '<p>the page</p>',
      callback: async (query) => {
        taken.push(query.toString());
        return refusal;
      },
    });
  }

  it('serves the page at the exact path, kept out of caches and referrers', async () => {
    const { status, headers, body } = await ask(port, '/auth');
    expect(status).toBe(200);
    expect(body).toBe('<p>the page</p>');
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
  });

  it('answers on both loopback addresses', async () => {
    const addresses = ['127.0.0.1', ...((await hasIpv6()) ? ['::1'] : [])];
    for (const host of addresses) {
      expect((await ask(port, '/auth', { host })).status).toBe(200);
    }
  });

  it('sends the browser away from the URL that holds the code', async () => {
    const { status, headers, body } = await ask(port, '/auth?code=abc&state=def');
    expect({ status, location: headers.location, body }).toEqual({
      status: 303,
      location: '/auth',
      body: '',
    });
    expect(headers['cache-control']).toBe('no-store');
    expect(taken).toEqual(['code=abc&state=def']);
  });

  it('shows what is wrong with a callback that is not taken', async () => {
    refusal = '<p>not yours</p>';
    expect(await ask(port, '/auth?error=denied')).toMatchObject({
      status: 400,
      body: '<p>not yours</p>',
    });
  });

  it.each([
    '/',
    '/favicon.ico',
    '/auth/',
    '/auth%2f?code=abc',
    '//evil.example/auth?code=abc',
    '//',
    '*',
  ])('answers 404 to %s', async (path) => {
    expect((await ask(port, path)).status).toBe(404);
    expect(taken).toEqual([]);
  });

  it('takes what is wrong with a redirect URI at any path, and sends the browser to the page', async () => {
    for (const path of ['/', '/elsewhere', '/auth/']) {
      const answer = await ask(port, `${path}?error=redirect_mismatch&state=def`);
      expect([answer.status, answer.headers.location]).toEqual([303, '/auth']);
    }
    expect(taken).toHaveLength(3);
  });

  it.each(['POST', 'PUT', 'OPTIONS', 'DELETE'])('answers 405 to %s', async (method) => {
    expect((await ask(port, '/auth?code=abc', { method })).status).toBe(405);
    expect(taken).toEqual([]);
  });

  it('answers nobody who calls it by another name', async () => {
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      'localhost:1',
      'a b',
      'localhost@evil.example',
    ]) {
      const { status } = await ask(port, '/auth?code=abc', { headers: { host } });
      expect({ host, refused: status >= 400 }).toEqual({ host, refused: true });
    }
    expect(taken).toEqual([]);
    for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`]) {
      expect((await ask(port, '/auth', { headers: { host } })).status).toBe(200);
    }
  });

  it('says which port is taken', async () => {
    await expect(start(`http://localhost:${port}/`)).rejects.toMatchObject({
      code: 'OAUTH_PORT_BUSY',
      message: `Another program uses port "${port}".`,
    });
  });

  it('is told apart from other programs, and from another bot', async () => {
    expect(await findPageOwner(`http://localhost:${port}/auth`)).toBe('this-bot');
    expect(await findPageOwner('http://localhost:1/')).toBeUndefined();
  });

  it('frees the port when it stops, also from those who send nothing', async () => {
    const idle = net.connect(port, '127.0.0.1');
    await new Promise((resolve) => idle.once('connect', resolve));
    const closed = new Promise((resolve) => idle.once('close', resolve));
    idle.on('error', () => {});
    await server.stop(false);
    await closed;
    await (await start(`http://localhost:${port}/`)).stop(false);
  });

  it('stops gently after the browser has fetched the last page', async () => {
    await ask(port, '/auth?code=abc');
    const stopped = server.stop(true);
    expect((await ask(port, '/auth')).body).toBe('<p>the page</p>');
    await stopped;
    await expect(ask(port, '/auth')).rejects.toThrow();
  });
});

describe('several callbacks at once', () => {
  it('are all answered before a gentle stop, though a forged one is among them', async () => {
    const port = await freePort();
    let finish = () => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const server = await CallbackServer.start({
      redirectUri: `http://localhost:${port}/`,
      owner: 'this-bot',
      page: () => 'the page',
      callback: async (query) => {
        if (query.has('error')) return 'forged';
        await finished;
        return undefined;
      },
    });
    const good = Array.from({ length: 10 }, () => ask(port, '/?code=abc&state=def'));
    const forged = await Promise.all([1, 2, 3].map(() => ask(port, '/?error=x')));
    expect(forged.map(({ status }) => status)).toEqual([400, 400, 400]);
    const stopped = server.stop(true);
    finish();
    const answers = await Promise.all(good);
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 303));
    const pages = await Promise.all(answers.map(() => ask(port, '/')));
    expect(pages.map(({ body }) => body)).toEqual(Array.from({ length: 10 }, () => 'the page'));
    await stopped;
  });
});

describe('portOf', () => {
  it('knows the ports of the schemes', () => {
    expect(
      ['http://a/', 'https://a/', 'http://a:3000/'].map((url) => portOf(new URL(url))),
    ).toEqual([80, 443, 3000]);
  });
});

function hasIpv6(): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once('error', () => resolve(false));
    probe.listen(0, '::1', () => probe.close(() => resolve(true)));
  });
}
