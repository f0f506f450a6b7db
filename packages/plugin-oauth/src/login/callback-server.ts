import http from 'node:http';
import https from 'node:https';
import { isLoopback } from '../twitch/oauth-config.js';
import { OAuthError } from '../twitch/oauth-error.js';
import { loginPagePolicy } from './login-page.js';

/** Key and certificate, PEM. */
export interface TlsIdentity {
  readonly key: string;
  readonly cert: string;
}

/** What a callback server serves. */
export interface CallbackServerOptions {
  readonly redirectUri: string;
  /** Needed where the redirect URI is https. */
  readonly tls?: TlsIdentity | undefined;
  /** Sent in a header, by which another process of the bot knows the page. */
  readonly owner: string;
  /** The page as it should be now, HTML. */
  page(): string;
  /**
   * Takes what came to the redirect URI, query and all.
   * @returns HTML to show with status 400, or undefined to send the browser on to the page
   */
  callback(query: URLSearchParams): Promise<string | undefined>;
}

/** Header that names the bot whose login page it is. */
const pageOwnerHeader = 'x-pertybot-login';

/** Milliseconds that a browser is given to fetch the last page. */
const lastPageWait = 2_000;

/** A small web server at the redirect URI, on this machine alone. */
export class CallbackServer {
  /** Browsers that are owed an answer: that came back from Twitch, and have not seen the last page. */
  private owed = 0;
  private onServed: () => void = () => {};

  private constructor(
    private readonly options: CallbackServerOptions,
    private readonly servers: readonly http.Server[],
  ) {
    for (const server of servers) {
      server.on('request', (request, response) => {
        // A callback that throws is a fault of ours: nobody's browser may end the bot by it.
        this.answer(request, response).catch((error: Error) => response.destroy(error));
      });
    }
  }

  /**
   * Listens on both loopback addresses: `localhost` may mean either one.
   * @throws OAuthError when the port is taken or forbidden
   */
  static async start(options: CallbackServerOptions): Promise<CallbackServer> {
    const port = portOf(new URL(options.redirectUri));
    const servers: http.Server[] = [];
    try {
      for (const host of ['127.0.0.1', '::1']) {
        const server = await listen(options, host, port);
        if (server !== undefined) servers.push(server);
      }
    } catch (error) {
      for (const server of servers) close(server);
      throw error;
    }
    return new CallbackServer(options, servers);
  }

  /** Closes at once, or, with `gently`, after each browser has fetched the page it was sent on to. */
  async stop(gently: boolean): Promise<void> {
    if (gently && this.owed > 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, lastPageWait);
        this.onServed = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    for (const server of this.servers) close(server);
  }

  private async answer(
    request: http.IncomingMessage,
    response: http.ServerResponse,
  ): Promise<void> {
    const redirectUri = new URL(this.options.redirectUri);
    response.setHeader(pageOwnerHeader, this.options.owner);
    if (!isHostAllowed(request.headers.host, redirectUri)) {
      send(response, 421, 'This page is only for the machine that the bot runs on.');
      return;
    }
    const [path, query] = splitTarget(request.url ?? '/');
    // Twitch tells what is wrong with a redirect URI at another one, whichever the application has.
    const isHere = path === redirectUri.pathname || query.has('error');
    if (!isHere) return send(response, 404, 'Nothing is here.');
    if (request.method !== 'GET') {
      response.setHeader('allow', 'GET');
      return send(response, 405, 'Only GET is answered here.');
    }
    if (!query.has('code') && !query.has('error')) return this.sendPage(response);
    await this.takeCallback(query, response);
  }

  private async takeCallback(query: URLSearchParams, response: http.ServerResponse): Promise<void> {
    // Before anything else: the callback may end the login, and with it this server.
    this.owed += 1;
    try {
      const refused = await this.options.callback(query);
      if (refused === undefined) {
        // The URL that holds the code must not stay in the address bar or in the history.
        response.setHeader('location', new URL(this.options.redirectUri).pathname);
        send(response, 303, '');
        return;
      }
      response.once('close', () => this.served());
      sendHtml(response, 400, refused);
    } catch (error) {
      this.served();
      throw error;
    }
  }

  private sendPage(response: http.ServerResponse): void {
    response.once('close', () => this.served());
    sendHtml(response, 200, this.options.page());
  }

  private served(): void {
    this.owed = Math.max(0, this.owed - 1);
    if (this.owed === 0) this.onServed();
  }
}

/**
 * The owner of the login page that another process shows at `redirectUri`, if it is one.
 * It asks with HEAD, which makes the page issue no link.
 */
export function findPageOwner(redirectUri: string): Promise<string | undefined> {
  const { request } = redirectUri.startsWith('https:') ? https : http;
  return new Promise((resolve) => {
    // The certificate is self-signed more often than not, and nothing is sent that one could steal.
    const probe = request(redirectUri, {
      method: 'HEAD',
      timeout: 2_000,
      rejectUnauthorized: false,
    });
    probe.on('response', ({ headers }) => {
      const owner = headers[pageOwnerHeader];
      resolve(typeof owner === 'string' ? owner : undefined);
    });
    probe.on('timeout', () => probe.destroy());
    probe.on('error', () => resolve(undefined));
    probe.end();
  });
}

/** Port of a URL, also where it is the scheme's own. */
export function portOf(url: URL): number {
  return Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
}

/** Path and query as they were sent; a URL parser would read `//host/path` as another host. */
function splitTarget(target: string): readonly [path: string, query: URLSearchParams] {
  const [path = ''] = target.split('?', 1);
  return [path, new URLSearchParams(target.slice(path.length + 1))];
}

/** Another site whose name leads to this machine (DNS rebinding) must not read the page. */
function isHostAllowed(host: string | undefined, redirectUri: URL): boolean {
  if (host === undefined || !URL.canParse(`${redirectUri.protocol}//${host}`)) return false;
  const asked = new URL(`${redirectUri.protocol}//${host}`);
  if (asked.hostname === redirectUri.hostname) return portOf(asked) === portOf(redirectUri);
  return isLoopback(asked);
}

function listen(
  options: CallbackServerOptions,
  host: string,
  port: number,
): Promise<http.Server | undefined> {
  const server =
    options.tls === undefined
      ? http.createServer({ requestTimeout: 10_000 })
      : https.createServer({ ...options.tls, requestTimeout: 10_000 });
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      // A machine without IPv6 has no ::1.
      if (host === '::1' && error.code !== 'EADDRINUSE') resolve(undefined);
      else reject(toPortError(error, port));
    });
    server.listen({ host, port, exclusive: true, ipv6Only: true }, () => resolve(server));
  });
}

function close(server: http.Server): void {
  server.close();
  server.closeAllConnections();
}

function toPortError(error: NodeJS.ErrnoException, port: number): OAuthError {
  if (error.code === 'EADDRINUSE') {
    return new OAuthError('OAUTH_PORT_BUSY', `Another program uses port "${port}".`, {
      hint: `End that program (ss -ltnp "sport = :${port}" names it), or use another port in redirectUri and at Twitch.`,
      cause: error,
    });
  }
  return new OAuthError('OAUTH_PORT_BUSY', `Port "${port}" cannot be opened: "${error.code}".`, {
    hint: 'Use a port above 1023 in redirectUri and at Twitch.',
    cause: error,
  });
}

function send(response: http.ServerResponse, status: number, text: string): void {
  response.writeHead(status, { ...commonHeaders, 'content-type': 'text/plain; charset=utf-8' });
  response.end(text);
}

function sendHtml(response: http.ServerResponse, status: number, html: string): void {
  response.writeHead(status, {
    ...commonHeaders,
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': loginPagePolicy,
  });
  response.end(html);
}

const commonHeaders = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  // Every answer is the last on its connection: a kept one would hold up the end of the login.
  connection: 'close',
};
