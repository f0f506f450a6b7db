import { mkdtemp, rm } from 'node:fs/promises';
import { type IncomingHttpHeaders, type RequestOptions, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { silentLogger } from '@pertybot/core/host';
import type { PageRole } from '../src/auth/role.js';
import { type ServedPage, type ServePageOptions, servePage } from '../src/serve-page.js';
import { FakeControl } from './fake-control.js';

/** What a server answered. */
export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** A page that is served for a bot that is none. */
export class Served {
  private constructor(
    readonly page: ServedPage,
    readonly control: FakeControl,
    readonly folder: string,
  ) {}

  /** @param loadApp in the place of what the page is loaded with */
  static async start({ loadApp }: Pick<ServePageOptions, 'loadApp'> = {}): Promise<Served> {
    const folder = await mkdtemp(path.join(tmpdir(), 'page-'));
    const control = new FakeControl();
    const config = { host: '127.0.0.1', names: [] };
    // No time passes: how long somebody has to wait is no matter of how busy the machine is.
    const times = { monotonic: () => 0 };
    const options = { config, control, logger: silentLogger, stateFolder: folder, ...times };
    const page = await servePage({ ...options, ...(loadApp && { loadApp }) });
    return new Served(page, control, folder);
  }

  get port(): number {
    return Number(new URL(this.page.address).port);
  }

  /** Sends a request as it is, with whatever headers; `host` is our own unless told otherwise. */
  send(
    target: string,
    { headers = {}, ...options }: RequestOptions = {},
    body?: string,
  ): Promise<Answered> {
    const host = `localhost:${this.port}`;
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          host: '127.0.0.1',
          port: this.port,
          path: target,
          ...options,
          headers: { host, ...headers },
        },
        (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              text: Buffer.concat(parts).toString('utf8'),
            }),
          );
          response.on('error', reject);
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  }

  /** Asks for something as the page does. */
  wish(target: string, body: unknown, cookie?: string): Promise<Answered> {
    const headers = {
      'content-type': 'application/json',
      origin: `http://localhost:${this.port}`,
      ...(cookie && { cookie }),
    };
    return this.send(target, { method: 'POST', headers }, JSON.stringify(body));
  }

  /** Logs in by a link. @returns the cookie */
  async logIn(role: PageRole = 'owner', cookie = ''): Promise<string> {
    const { pathname, search } = new URL(this.page.desk.link(role));
    const { headers } = await this.send(`${pathname}${search}`, { headers: { cookie } });
    return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  }

  async stop(): Promise<void> {
    await this.page.stop();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 9 });
  }
}
