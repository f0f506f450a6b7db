import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { exchangeDirectly } from '../../src/twitch/direct-exchange.js';
import { exchangeFor } from '../../src/twitch/http-exchange.js';

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
