import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { BoundedLog } from '../bounded-log.js';
import { EventHub } from '../event-hub.js';
import { ActivateEndpoint } from './activate-endpoint.js';
import { AuthorizeEndpoint } from './authorize-endpoint.js';
import { DeviceEndpoint } from './device-endpoint.js';
import { type Endpoint, type IdAnswer, refusal } from './id-answer.js';
import { type IdEvents, type RecordedRequest, recordOf } from './id-events.js';
import { type EndpointName, type IdFault, IdFaults } from './id-faults.js';
import { type IdRequest, readRequest } from './id-request.js';
import type { IdWorld } from './id-world.js';
import { RevokeEndpoint } from './revoke-endpoint.js';
import { TokenEndpoint } from './token-endpoint.js';
import { ValidateEndpoint } from './validate-endpoint.js';

/** The HTTP server of the OAuth side: finds the endpoint, plays the faults, keeps the log. */
export class IdServer {
  readonly http: Server;
  readonly faults = new IdFaults();
  readonly hub = new EventHub<IdEvents>();
  readonly log = new BoundedLog<RecordedRequest>();
  private readonly endpoints: Readonly<Record<EndpointName, Endpoint>>;

  constructor(private readonly world: IdWorld) {
    this.endpoints = {
      authorize: new AuthorizeEndpoint(world),
      token: new TokenEndpoint(world),
      validate: new ValidateEndpoint(world),
      revoke: new RevokeEndpoint(world),
      device: new DeviceEndpoint(world),
      activate: new ActivateEndpoint(world),
    };
    this.http = createServer((incoming, outgoing) => {
      this.serve(incoming, outgoing).catch(() => outgoing.destroy());
    });
  }

  /** Answers a request; false where its path is none of the OAuth side. */
  take(incoming: IncomingMessage, outgoing: ServerResponse, path: string): boolean {
    if (this.endpointName(path) === undefined) return false;
    this.serve(incoming, outgoing).catch(() => outgoing.destroy());
    return true;
  }

  private async serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const request = await readRequest(incoming);
    this.hub.emit('request', request);
    const outcome = await this.answer(request, outgoing);
    const record = recordOf(request, outcome);
    this.log.add(record);
    this.hub.emit('answer', record);
  }

  private async answer(
    request: IdRequest,
    outgoing: ServerResponse,
  ): Promise<RecordedRequest['outcome']> {
    const name = this.endpointName(request.path);
    if (name === undefined) return send(outgoing, refusal(404, 'not found'), {});
    await this.faults.passed(name);
    const fault = this.faults.take(name);
    if (fault.delay !== undefined) await sleep(fault.delay);
    if (outgoing.destroyed) return 'gone';
    if (fault.connection === 'stall') return 'stall';
    if (fault.connection === 'drop') {
      outgoing.destroy();
      return 'drop';
    }
    const answer =
      fault.status === undefined
        ? this.process(name, request, fault)
        : refusal(fault.status, fault.message ?? 'the simulator was told to answer so');
    if (fault.connection === 'lose-answer') {
      outgoing.destroy();
      return 'lose-answer';
    }
    return send(outgoing, answer, fault);
  }

  private process(name: EndpointName, request: IdRequest, fault: IdFault): IdAnswer {
    const before = request.form.get('refresh_token');
    const grant = before === null ? undefined : this.world.grants.liveGrant(before);
    const answer = this.endpoints[name].handle(request);
    // A refresh token that nobody was told of cannot be the only one that works.
    if (fault.refreshToken === 'absent' && grant !== undefined && before !== null) {
      grant.refreshToken = before;
    }
    return answer;
  }

  private endpointName(path: string): EndpointName | undefined {
    if (path === '/activate') return 'activate';
    // Other libraries look for it under `/auth` when they are pointed to a simulated Twitch.
    const name = /^\/(?:oauth2|auth)\/([a-z]+)$/.exec(path)?.[1];
    switch (name) {
      case 'authorize':
      case 'token':
      case 'validate':
      case 'revoke':
      case 'device':
        return name;
      default:
        return undefined;
    }
  }
}

async function send(
  outgoing: ServerResponse,
  answer: IdAnswer,
  fault: IdFault,
): Promise<RecordedRequest['outcome']> {
  const { type, body } = writeBody(answer, fault);
  const bytes = Buffer.from(body);
  outgoing.writeHead(answer.status, {
    'Content-Type': type,
    'Content-Length': bytes.length,
    'Cache-Control': 'no-store',
    ...(answer.location === undefined ? {} : { Location: answer.location }),
    ...fault.headers,
  });
  if (fault.connection === 'cut') {
    await new Promise<void>((resolve) => {
      outgoing.write(bytes.subarray(0, bytes.length / 2), () => resolve());
    });
    outgoing.destroy();
    return 'cut';
  }
  outgoing.end(bytes);
  return answer.status;
}

/** The body and content type of `answer`, as `fault` disfigures them. */
function writeBody(answer: IdAnswer, fault: IdFault): { type: string; body: string } {
  if (fault.body !== undefined) return brokenBody(fault.body);
  if (answer.html !== undefined) return { type: 'text/html; charset=utf-8', body: answer.html };
  if (answer.json === undefined) return { type: 'text/plain; charset=utf-8', body: '' };
  return { type: 'application/json', body: JSON.stringify(reshape(answer.json, fault)) };
}

function brokenBody(kind: NonNullable<IdFault['body']>): { type: string; body: string } {
  switch (kind) {
    case 'malformed':
      return { type: 'application/json', body: '{"access_token":"half a' };
    case 'html':
      return { type: 'text/html; charset=utf-8', body: '<html><h1>Bad Gateway</h1></html>' };
    case 'null':
      return { type: 'application/json', body: 'null' };
    case 'empty':
      return { type: 'application/json', body: '' };
  }
}

function reshape(
  json: Readonly<Record<string, unknown>>,
  fault: IdFault,
): Readonly<Record<string, unknown>> {
  const shaped: Record<string, unknown> = { ...json };
  if ('message' in json && fault.errorKey === true) {
    shaped.error = STATUS_CODES[Number(json.status)];
  }
  if (fault.scope === 'absent') delete shaped.scope;
  if (fault.scope === 'string' && Array.isArray(json.scope)) shaped.scope = json.scope.join(' ');
  if (fault.expiresIn === 'absent') delete shaped.expires_in;
  if (typeof fault.expiresIn === 'number') shaped.expires_in = fault.expiresIn;
  if (fault.refreshToken === 'absent') delete shaped.refresh_token;
  return shaped;
}
