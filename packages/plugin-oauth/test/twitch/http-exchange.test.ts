import { once } from 'node:events';
import http from 'node:http';
import { type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { exchangeDirectly, exchangeFor } from '../../src/twitch/http-exchange.js';

describe('exchangeFor', () => {
  let proxy: http.Server;
  let proxyUrl: string;
  let asked: string[];

  beforeEach(async () => {
    asked = [];
    proxy = http.createServer();
    proxy.on('connect', (request, socket) => {
      asked.push(String(request.url));
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const { port } = proxy.address() as AddressInfo; // a TCP server has no other address
    proxyUrl = `http://127.0.0.1:${port}`;
  });

  afterEach(() => new Promise((resolve) => proxy.close(resolve)));

  async function send(url: string, env: Record<string, string>) {
    const signal = AbortSignal.timeout(2_000);
    const exchange = await exchangeFor(url, env);
    return exchange(url, { method: 'GET', headers: {}, signal });
  }

  it.each(['HTTPS_PROXY', 'https_proxy'])('goes through the proxy of %s', async (name) => {
    await expect(send('https://id.twitch.invalid/oauth2', { [name]: proxyUrl })).rejects.toThrow();
    expect(asked).toEqual(['id.twitch.invalid:443']);
  });

  it('goes past the proxy where NO_PROXY says so', async () => {
    const env = { HTTPS_PROXY: proxyUrl, NO_PROXY: 'example.com,.twitch.invalid' };
    await expect(send('https://id.twitch.invalid/oauth2', env)).rejects.toThrow();
    expect(asked).toEqual([]);
  });

  it('never asks a proxy for this machine itself', async () => {
    for (const url of ['http://localhost:1/', 'http://127.0.0.1:1/', 'http://[::1]:1/']) {
      await expect(send(url, { HTTP_PROXY: proxyUrl })).rejects.toThrow();
    }
    expect(asked).toEqual([]);
  });

  it('goes straight there without a proxy', async () => {
    const env = { NO_PROXY: '*', HTTPS_PROXY: '' };
    expect(await exchangeFor('https://id.twitch.invalid/', env)).toBe(exchangeDirectly);
  });
});

let server: http.Server | undefined;

afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

/** Starts a server. @returns its port */
async function listen(listening: http.Server): Promise<number> {
  server = listening;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port; // a TCP server has no other address
}

function get(port: number, { path = '/', patience = 2_000 } = {}) {
  const signal = AbortSignal.timeout(patience);
  const url = `http://127.0.0.1:${port}${path}`;
  return exchangeDirectly(url, { method: 'GET', headers: {}, signal });
}

describe('exchangeDirectly', () => {
  it('sends method, headers and body, and reads the answer', async () => {
    const port = await listen(
      http.createServer(async (request, response) => {
        let body = '';
        for await (const part of request) body += String(part);
        const { method, headers } = request;
        response.writeHead(429, { 'retry-after': '7' });
        response.end(JSON.stringify([method, headers.accept, headers['content-length'], body]));
      }),
    );
    const answer = await exchangeDirectly(`http://127.0.0.1:${port}/token`, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: 'client_secret=ü',
      signal: AbortSignal.timeout(2_000),
    });
    expect(answer).toEqual({
      status: 429,
      retryAfter: '7',
      body: JSON.stringify(['POST', 'application/json', '16', 'client_secret=ü']),
    });
  });

  it('follows no redirect', async () => {
    let asked = 0;
    const port = await listen(
      http.createServer((_request, response) => {
        asked++;
        response.writeHead(302, { location: '/elsewhere' }).end();
      }),
    );
    expect(await get(port)).toMatchObject({ status: 302, body: '' });
    expect(asked).toBe(1);
  });

  it('closes its connection with the answer', async () => {
    const answering = http.createServer((_request, response) => response.end('ok'));
    const closed = once(answering, 'connection').then(([socket]) => once(socket, 'close'));
    const port = await listen(answering);
    await get(port);
    await closed;
  });

  it('gives up when the signal fires, before and within an answer', async () => {
    const port = await listen(
      http.createServer((request, response) => {
        if (request.url === '/half') response.write('{');
      }),
    );
    for (const path of ['/', '/half']) {
      await expect(get(port, { path, patience: 100 })).rejects.toMatchObject({
        name: 'TimeoutError',
      });
    }
  });

  it('rejects what breaks off, and what never ends', async () => {
    const port = await listen(
      http.createServer((request, response) => {
        response.writeHead(200, { 'content-length': '2000000' });
        if (request.url === '/short') response.write('{', () => response.destroy());
        else response.end(Buffer.alloc(2_000_000));
      }),
    );
    await expect(get(port, { path: '/short' })).rejects.toThrow('aborted');
    await expect(get(port)).rejects.toThrow('longer than 1 MiB');
  });
});
