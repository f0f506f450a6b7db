import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { readBody } from '../http-body.js';

/** A request to the OAuth side, read in full. */
export interface IdRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Fields of a form body; empty when the body is something else. */
  readonly form: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** What Twitch or good sense forbids in it, in words; endpoints add what they find. */
  readonly problems: string[];
}

const origin = 'http://simulator';
const secretNames = [
  'client_secret',
  'code',
  'refresh_token',
  'access_token',
  'token',
  'device_code',
];

/** Reads a request and its body; of a body past 64 KiB only the beginning. */
export async function readRequest(incoming: IncomingMessage): Promise<IdRequest> {
  const target = incoming.url ?? '/';
  // What is no address leads nowhere, as any unknown path does.
  const url = new URL(URL.canParse(target, origin) ? target : '/', origin);
  const body = await readBody(incoming);
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(
    incoming.headers['content-type'] ?? '',
  );
  // Twitch takes the fields from the query too, as other libraries send them; it is no good habit.
  const inQuery = incoming.method === 'POST' && body === '';
  const form = inQuery ? url.searchParams : new URLSearchParams(isForm ? body : '');
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    form,
    headers: incoming.headers,
    body,
    problems: [
      ...(body !== '' && !isForm ? ['the body is not a form'] : []),
      ...secretNames
        .filter((name) => url.searchParams.has(name))
        .map((name) => `"${name}" stands in the query string`),
    ],
  };
}
