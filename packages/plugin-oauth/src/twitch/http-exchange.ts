import type { IncomingMessage, RequestOptions } from 'node:http';
import { isLoopback } from './oauth-config.js';
import type { Answer } from './twitch-id-answers.js';

/** A request to Twitch. */
export interface HttpRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

/**
 * Sends a request and reads its whole answer. No redirect is followed: it would carry the secrets to
 * wherever it points. Rejects where nothing answers, and with the signal's reason when it fires.
 */
export type HttpExchange = (url: string, request: HttpRequest) => Promise<Answer>;

const proxyVariables = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'];

/**
 * The way to `url`: straight there, or through a proxy where the environment names one (Node 20
 * heeds no proxy variable). `NO_PROXY` is honoured, and loopback is never proxied.
 */
export async function exchangeFor(
  url: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<HttpExchange> {
  if (isLoopback(new URL(url)) || !proxyVariables.some((name) => env[name])) {
    return exchangeDirectly;
  }
  // Loaded only here: most bots have no proxy, and undici costs a Pi Zero memory.
  const { EnvHttpProxyAgent, fetch } = await import('undici');
  const dispatcher = new EnvHttpProxyAgent({
    httpProxy: env.http_proxy ?? env.HTTP_PROXY,
    httpsProxy: env.https_proxy ?? env.HTTPS_PROXY,
    noProxy: env.no_proxy ?? env.NO_PROXY,
  });
  return async (target, request) => {
    const response = await fetch(target, { ...request, redirect: 'manual', dispatcher });
    const retryAfter = response.headers.get('retry-after');
    return { status: response.status, body: await response.text(), retryAfter };
  };
}

/** Longest answer that is read, bytes; Twitch's have a few hundred. */
const longestAnswer = 1_048_576;

/**
 * Sends a request by Node's own `http` or `https`: its `fetch` would take 13 MB more, for one request
 * an hour.
 */
export async function exchangeDirectly(url: string, request: HttpRequest): Promise<Answer> {
  const { method, headers, body = '', signal } = request;
  const { request: open } = url.startsWith('https:')
    ? await import('node:https')
    : await import('node:http');
  const length = body === '' ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  // A connection of its own, closed with the answer: the next request comes in an hour.
  const options: RequestOptions = {
    method,
    headers: { ...headers, ...length },
    signal,
    agent: false,
  };
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => reject(signal.aborted ? signal.reason : error);
    open(url, options, (response) => readAnswer(response).then(resolve, fail))
      .on('error', fail)
      .end(body);
  });
}

async function readAnswer(response: IncomingMessage): Promise<Answer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of response) {
    length += part.length;
    if (length > longestAnswer) throw new RangeError('the answer is longer than 1 MiB');
    parts.push(part);
  }
  return {
    status: response.statusCode ?? 0,
    body: Buffer.concat(parts).toString(),
    retryAfter: response.headers['retry-after'] ?? null,
  };
}
