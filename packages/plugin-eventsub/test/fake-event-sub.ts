import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** A subscription as Twitch holds it. */
export interface HeldSubscription {
  readonly id: string;
  readonly type: string;
  readonly version: string;
  readonly condition: Readonly<Record<string, string>>;
  readonly transport: { readonly session_id: string };
  status: string;
}

/** A connection of the bot. */
export interface FakeSession {
  readonly id: string;
  readonly socket: WebSocket;
  readonly path: string;
  /** Of the bot's close frame; 1006 where there was none. */
  closedWith: number | undefined;
  /** Data that came, of which Twitch allows none. */
  received: number;
}

/** An answer to a POST other than the ordinary one. */
export interface Refusal {
  readonly status: number;
  readonly message?: string;
  readonly id?: string;
  /** Which types it is for. @default any */
  readonly type?: string;
}

/** EventSub and its part of Helix on one port, steered by the test. */
export class FakeEventSub {
  readonly sessions: FakeSession[] = [];
  readonly subscriptions: HeldSubscription[] = [];
  /** Bearers of the POSTs, oldest first. */
  readonly bearers: string[] = [];
  /** Types that were asked for, oldest first. */
  readonly asked: string[] = [];
  readonly deleted: string[] = [];
  /** Answers to the next POSTs. */
  refusals: Refusal[] = [];
  /** Whether a new connection is welcomed. */
  welcomes = true;
  /** Close code for a new connection, in the place of a welcome. */
  closesWith: number | undefined;
  keepalive = 10;
  private ids = 0;

  private constructor(
    private readonly server: ReturnType<typeof createServer>,
    private readonly sockets: WebSocketServer,
  ) {}

  static async start(): Promise<FakeEventSub> {
    const server = createServer();
    const fake = new FakeEventSub(server, new WebSocketServer({ server }));
    server.on('request', (request, response) => void fake.answer(request, response));
    fake.sockets.on('connection', (socket, { url = '' }) => fake.connect(socket, url));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get config() {
    return { apiUrl: `http://${this.host}/helix`, eventsubUrl: `ws://${this.host}/ws` };
  }

  /** The session that is open; the newest where there are several. */
  get open(): FakeSession {
    const session = this.sessions.filter(({ closedWith }) => closedWith === undefined).at(-1);
    if (session === undefined) throw new Error('No session is open.');
    return session;
  }

  /** Types that are on for a session. */
  typesOf({ id }: FakeSession): readonly string[] {
    return this.subscriptions
      .filter((each) => each.transport.session_id === id && each.status === 'enabled')
      .map(({ type }) => type)
      .sort();
  }

  /** Sends a frame of Twitch's. */
  send(type: string, payload: object, metadata: object = {}, session = this.open): void {
    this.ids += 1;
    const frame = {
      metadata: {
        message_id: `message-${this.ids}`,
        message_type: type,
        message_timestamp: '2026-01-01T12:00:00.123456789Z',
        ...metadata,
      },
      payload,
    };
    session.socket.send(JSON.stringify(frame));
  }

  /** Tells of an event. @param messageId the same one twice is a duplicate */
  notify(type: string, event: object, options: { messageId?: string; session?: FakeSession } = {}) {
    const { session = this.open, messageId } = options;
    const subscription = this.find(type);
    const metadata = messageId === undefined ? {} : { message_id: messageId };
    this.send('notification', { subscription, event }, metadata, session);
  }

  /** Ends a subscription. */
  revoke(type: string, status: string): void {
    const subscription = this.find(type);
    subscription.status = status;
    this.send('revocation', { subscription });
  }

  /** Wants the connection elsewhere. */
  reconnect(url = `ws://${this.host}/ws?challenge=abc&id=${this.open.id}`): void {
    this.send('session_reconnect', {
      session: { id: this.open.id, status: 'reconnecting', reconnect_url: url },
    });
  }

  async close(): Promise<void> {
    for (const { socket } of this.sessions) socket.terminate();
    this.sockets.close();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private find(type: string): HeldSubscription {
    const found = this.subscriptions.find(
      (each) => each.type === type && each.status === 'enabled',
    );
    if (found === undefined) throw new Error(`Nobody subscribed to ${type}.`);
    return found;
  }

  private connect(socket: WebSocket, path: string): void {
    this.ids += 1;
    const session: FakeSession = {
      ...{ id: `session-${this.ids}`, socket, path, closedWith: undefined, received: 0 },
    };
    this.sessions.push(session);
    socket.on('message', () => {
      session.received += 1;
    });
    socket.on('close', (code) => {
      session.closedWith = code;
      for (const each of this.subscriptions) {
        if (each.transport.session_id === session.id) each.status = 'websocket_disconnected';
      }
    });
    if (this.closesWith !== undefined) socket.close(this.closesWith);
    else if (this.welcomes) this.welcome(session);
  }

  /** Welcomes a session; one that was moved takes its subscriptions along. */
  welcome(session: FakeSession): void {
    const before = new URL(session.path, 'ws://x').searchParams.get('id');
    for (const [index, each] of this.subscriptions.entries()) {
      if (each.transport.session_id !== before) continue;
      this.subscriptions[index] = { ...each, transport: { session_id: session.id } };
    }
    const { id } = session;
    this.send(
      'session_welcome',
      {
        session: {
          ...{ id, status: 'connected', keepalive_timeout_seconds: this.keepalive },
          ...{ reconnect_url: null, recovery_url: null },
        },
      },
      {},
      session,
    );
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const part of request) body += part;
    const { method, headers } = request;
    const url = new URL(request.url ?? '', 'http://x');
    const give = (status: number, answer?: object) => {
      response.writeHead(status).end(answer === undefined ? '' : JSON.stringify(answer));
    };
    if (url.pathname === '/helix/users') {
      const login = url.searchParams.get('login') ?? '';
      give(200, { data: login === 'nobody' ? [] : [{ id: `id-of-${login}`, login }] });
    } else if (url.pathname !== '/helix/eventsub/subscriptions') {
      give(404, { message: 'no such path' });
    } else if (method === 'POST') {
      this.bearers.push(headers.authorization ?? '');
      this.post(JSON.parse(body), give);
    } else if (method === 'DELETE') {
      this.delete(url.searchParams.get('id') ?? '', give);
    } else {
      const [[name = '', value] = []] = [...url.searchParams];
      const key = name === 'subscription_id' ? 'id' : name;
      const data = this.subscriptions.filter((each) => Reflect.get(each, key) === value);
      give(200, { data, total: data.length });
    }
  }

  private post(
    body: Omit<HeldSubscription, 'id' | 'status'>,
    give: (status: number, answer?: object) => void,
  ): void {
    this.asked.push(body.type);
    const index = this.refusals.findIndex(({ type = body.type }) => type === body.type);
    const refusal = this.refusals[index];
    if (refusal !== undefined) {
      this.refusals.splice(index, 1);
      give(refusal.status, refusal);
      return;
    }
    const isAlive = this.sessions.some(
      ({ id, closedWith }) => id === body.transport.session_id && closedWith === undefined,
    );
    if (!isAlive) {
      const message = 'websocket transport session does not exist or has already disconnected';
      give(400, { message });
      return;
    }
    this.ids += 1;
    const held = { ...body, id: `subscription-${this.ids}`, status: 'enabled' };
    this.subscriptions.push(held);
    give(202, { data: [held], total: 1, total_cost: 0, max_total_cost: 10 });
  }

  private delete(id: string, give: (status: number, answer?: object) => void): void {
    this.deleted.push(id);
    const index = this.subscriptions.findIndex((each) => each.id === id);
    if (index < 0) {
      give(404, { message: 'subscription not found' });
      return;
    }
    this.subscriptions.splice(index, 1);
    give(204);
  }
}
