import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { exchangeDirectly } from '../../src/twitch/direct-exchange.js';

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
