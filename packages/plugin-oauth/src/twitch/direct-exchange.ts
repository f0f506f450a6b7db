import type { IncomingMessage, RequestOptions } from 'node:http';
import type { HttpRequest } from './http-exchange.js';
import type { Answer } from './twitch-id-answers.js';

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
