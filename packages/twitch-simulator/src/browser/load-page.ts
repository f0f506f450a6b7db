import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

/** What a browser asks for. */
export interface PageRequest {
  readonly url: URL;
  /** Sent by POST if given. */
  readonly form?: URLSearchParams | undefined;
  readonly cookies?: string | undefined;
  /** Milliseconds. */
  readonly timeout: number;
}

/** What comes back. */
export interface PageAnswer {
  readonly status: number;
  readonly location: string | undefined;
  readonly cookies: readonly string[];
  readonly body: string;
}

/**
 * Loads one page without following redirects. A self-signed certificate is taken, as by the owner
 * who clicks the warning away; so this is for one's own machine only.
 */
export function loadPage(page: PageRequest): Promise<PageAnswer> {
  const body = page.form?.toString();
  const request = page.url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const outgoing = request(page.url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        Accept: 'text/html,*/*;q=0.8',
        ...(page.cookies === undefined ? {} : { Cookie: page.cookies }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/x-www-form-urlencoded' }),
      },
      rejectUnauthorized: false,
      agent: false,
      signal: AbortSignal.timeout(page.timeout),
    });
    outgoing.on('error', reject);
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () =>
        resolve({
          status: incoming.statusCode ?? 0,
          location: incoming.headers.location,
          cookies: incoming.headers['set-cookie'] ?? [],
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    outgoing.end(body);
  });
}
