import { isLoopback } from './oauth-config.js';

/** The part of `fetch` that the OAuth client uses. */
export type Fetch = (
  url: string,
  init: {
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
    readonly redirect: 'manual';
    readonly signal: AbortSignal;
  },
) => Promise<Pick<Response, 'status' | 'text' | 'headers'>>;

const proxyVariables = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'];

/**
 * The `fetch` for `url`: Node's own, or undici's with a proxy where the environment names one
 * (Node 20's fetch heeds no proxy variable). `NO_PROXY` is honoured, and loopback is never proxied.
 */
export async function fetchFor(
  url: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Fetch> {
  if (isLoopback(new URL(url)) || !proxyVariables.some((name) => env[name])) return fetch;
  // Loaded only here: most bots have no proxy, and undici costs a Pi Zero memory.
  const { EnvHttpProxyAgent, fetch: proxiedFetch } = await import('undici');
  const dispatcher = new EnvHttpProxyAgent({
    httpProxy: env.http_proxy ?? env.HTTP_PROXY,
    httpsProxy: env.https_proxy ?? env.HTTPS_PROXY,
    noProxy: env.no_proxy ?? env.NO_PROXY,
  });
  return (target, init) => proxiedFetch(target, { ...init, dispatcher });
}
