import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { BoundedLog } from '../bounded-log.js';
import { EventHub } from '../event-hub.js';
import type { EventSubServer } from '../eventsub/eventsub-server.js';
import { readBody } from '../http-body.js';
import { admitCall, type Registry, readCaller } from './admit-call.js';
import { type HelixAnswer, refused } from './helix-answer.js';
import type { Caller, HelixRequest, Routes } from './helix-call.js';
import type { HelixEvents, RecordedCall } from './helix-events.js';
import type { HelixFault, HelixFaults } from './helix-faults.js';
import { RateBuckets } from './rate-bucket.js';

/** What else is reached at the port of Helix. */
export interface Neighbours {
  readonly eventSub: EventSubServer;
  /** Takes the OAuth side's paths; false where it is none. */
  id(incoming: IncomingMessage, outgoing: ServerResponse, path: string): boolean;
  /** Answers `/simulator/…`; nothing where there is none. */
  control(method: string, path: string, body: string): HelixAnswer | undefined;
}

/** What the server of Helix is made from. */
export interface HelixServerOptions extends Neighbours {
  readonly registry: Registry;
  readonly routes: Routes;
  readonly faults: HelixFaults;
  readonly now: () => number;
  /** Calls a minute that a person may make by means of one application. */
  readonly callsPerMinute: number;
}

/** The HTTP server of Helix: checks the token and the bucket, finds the call, plays the faults, keeps the log. */
export class HelixServer {
  readonly http: Server;
  readonly faults: HelixFaults;
  readonly hub = new EventHub<HelixEvents>();
  readonly log = new BoundedLog<RecordedCall>();
  private readonly buckets: Readonly<Record<'helix' | 'chat', RateBuckets>>;

  constructor(private readonly options: HelixServerOptions) {
    const { callsPerMinute, now } = options;
    this.faults = options.faults;
    this.buckets = {
      helix: new RateBuckets(callsPerMinute, now),
      chat: new RateBuckets(callsPerMinute, now),
    };
    this.http = createServer((incoming, outgoing) => {
      this.serve(incoming, outgoing).catch(() => outgoing.destroy());
    });
    this.http.on('upgrade', (request, stream, head) => this.upgrade(request, stream, head));
  }

  private upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const url = toUrl(request);
    if (url.pathname === '/ws' || url.pathname === '/mock/ws') {
      this.options.eventSub.upgrade(request, stream, head, url.searchParams);
    } else stream.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
  }

  private async serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const url = toUrl(incoming);
    if (this.options.id(incoming, outgoing, url.pathname)) return;
    const body = await readBody(incoming);
    const method = incoming.method ?? 'GET';
    const control = this.options.control(method, url.pathname, body);
    if (control !== undefined) return write(outgoing, control, {}, {});
    const path = toHelixPath(url.pathname);
    const { headers } = incoming;
    const request = { method, path, query: url.searchParams, headers, body };
    const call = `${method} ${path}`;
    const { caller, outcome } = await this.answer(call, request, outgoing);
    const query = Object.fromEntries(
      [...url.searchParams.keys()].map((name) => [name, url.searchParams.getAll(name)]),
    );
    const record = {
      call,
      query,
      body,
      login: caller?.account?.login,
      outcome,
      at: this.options.now(),
    };
    this.log.add(record);
    this.hub.emit('answer', record);
  }

  private async answer(
    call: string,
    request: HelixRequest,
    outgoing: ServerResponse,
  ): Promise<{ caller?: Caller; outcome: RecordedCall['outcome'] }> {
    const fault = this.faults.take(call);
    if (fault.delay !== undefined) await sleep(fault.delay);
    if (outgoing.destroyed) return { outcome: 'gone' };
    if (fault.connection === 'stall') return { outcome: 'stall' };
    if (fault.connection === 'drop') {
      outgoing.destroy();
      return { outcome: 'drop' };
    }
    const { caller, answer, headers } = this.process(call, request, fault);
    const who = caller === undefined ? {} : { caller };
    if (fault.connection === 'lose-answer') {
      outgoing.destroy();
      return { ...who, outcome: 'lose-answer' };
    }
    write(outgoing, answer, fault, headers);
    return { ...who, outcome: answer.status };
  }

  private process(
    call: string,
    request: HelixRequest,
    fault: HelixFault,
  ): { caller?: Caller; answer: HelixAnswer; headers: Readonly<Record<string, string>> } {
    const { registry, routes } = this.options;
    const caller = readCaller(registry, request);
    if ('status' in caller) return { answer: caller, headers: {} };
    const route = Object.hasOwn(routes, call) ? routes[call] : undefined;
    const buckets = this.buckets[route?.bucket ?? 'helix'];
    const { admitted, headers } = buckets.draw(`${caller.client.id} ${caller.account?.id ?? ''}`);
    const answered = (answer: HelixAnswer) => ({ caller, answer, headers });
    if (fault.status !== undefined) {
      const message = fault.message ?? 'the simulator was told to answer so';
      return answered(refused(fault.status, message, fault.fields));
    }
    if (!admitted) return answered(refused(429, 'Too Many Requests'));
    if (route === undefined) return answered(refused(404, 'The page you requested does not exist'));
    const admission = admitCall(route, caller, request);
    return answered('status' in admission ? admission : route.handle(admission));
  }
}

function write(
  outgoing: ServerResponse,
  answer: HelixAnswer,
  fault: HelixFault,
  headers: Readonly<Record<string, string>>,
): void {
  const body = bodyOf(answer, fault);
  outgoing.writeHead(answer.status, {
    ...(body !== '' && { 'Content-Type': 'application/json; charset=utf-8' }),
    'Content-Length': Buffer.byteLength(body),
    ...headers,
    ...fault.headers,
  });
  outgoing.end(body);
}

function bodyOf({ json }: HelixAnswer, { body }: HelixFault): string {
  if (json === undefined || body === 'empty') return '';
  if (body === 'html') return '<html><body>Bad Gateway</body></html>';
  const text = JSON.stringify(json);
  return body === 'malformed' ? text.slice(0, text.length / 2) : text;
}

const origin = 'http://simulator';

function toUrl({ url = '/' }: IncomingMessage): URL {
  return new URL(URL.canParse(url, origin) ? url : '/', origin);
}

/** Where Twitch has `/helix/…`, the mock mode of other libraries has `/mock/…` and `/eventsub/…`. */
function toHelixPath(path: string): string {
  return path.replace(/^\/(?:helix\/|mock\/)?/, '').replace(/\/$/, '');
}
