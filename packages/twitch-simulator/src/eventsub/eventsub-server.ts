import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { sessionId } from '../twitch-ids.js';
import { statusAfter } from './close-codes.js';
import { sessionMessage } from './eventsub-message.js';
import { EventSubSession } from './eventsub-session.js';
import type { EventSubWorld } from './eventsub-world.js';
import type { Handovers } from './handovers.js';

const longestKeepalive = 600;

/** The WebSocket server of the EventSub side: it opens a session for each connection. */
export class EventSubServer {
  private readonly sockets = new WebSocketServer({ noServer: true, autoPong: false });
  private readonly held = new Set<Duplex>();
  private ended = false;

  constructor(
    private readonly world: EventSubWorld,
    private readonly handovers: Handovers,
  ) {}

  /** Cuts every connection and takes no more. */
  end(): void {
    this.ended = true;
    for (const stream of this.held) stream.destroy();
    for (const session of this.world.sessions.values()) session.terminate();
    this.sockets.close();
  }

  /** Takes a request for `/ws` that wants to become a WebSocket. */
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer, query: URLSearchParams): void {
    stream.on('error', () => undefined);
    const fault = this.ended ? 'drop' : this.world.scripts.upgrade.take('upgrade');
    if (fault === undefined) {
      this.sockets.handleUpgrade(request, stream, head, (socket) => this.accept(socket, query));
    } else if (fault === 'stall') {
      this.held.add(stream);
      stream.on('close', () => this.held.delete(stream));
    } else if (fault === 'drop') stream.destroy();
    else stream.end(`HTTP/1.1 ${fault.status} Refused\r\nConnection: close\r\n\r\n`);
  }

  private accept(socket: WebSocket, query: URLSearchParams): void {
    const { world } = this;
    const keepalive = this.keepaliveOf(query.get('keepalive_timeout_seconds'));
    const session = new EventSubSession(socket, { id: sessionId(), keepalive, now: world.clock });
    if (!world.scripts.keepalives) session.keepQuiet();
    world.sessions.set(session.id, session);
    world.hub.emit('connect', { session });
    session.onEnding((code) => this.bury(session, code));
    session.onEnd(
      () => session.close(4001),
      (code) => this.finish(session, code),
    );
    const moves = query.has('challenge') || query.has('id');
    const from = this.handovers.take(query.get('challenge'), query.get('id'));
    if (moves && from === undefined) {
      session.close(4007);
      return;
    }
    const fault = world.scripts.welcome.take('welcome') ?? {};
    if (fault.never === true) return;
    if (fault.delay === undefined) this.welcome(session, from);
    else setTimeout(() => this.welcome(session, from), fault.delay).unref();
  }

  private welcome(session: EventSubSession, from: EventSubSession | undefined): void {
    if (!session.open) return;
    const { world } = this;
    session.send(sessionMessage('session_welcome', session.describe('connected'), world.clock()));
    if (from !== undefined) this.handovers.complete(from, session);
    world.hub.emit('welcome', { session });
    const unused = (): void => {
      if (session.owner === undefined) session.close(4003);
    };
    const used = setTimeout(unused, world.times.subscribeWithin).unref();
    const asking = this.askNowAndThen(session);
    session.onEnd(
      () => undefined,
      () => {
        clearTimeout(used);
        clearInterval(asking);
      },
    );
  }

  private askNowAndThen(session: EventSubSession): NodeJS.Timeout {
    let answered = true;
    const ask = (): void => {
      // A client that a fault keeps from answering must find that out by itself.
      if (session.deaf) return;
      if (!answered) session.close(4002);
      answered = false;
      session.ping(() => {
        answered = true;
      });
    };
    return setInterval(ask, this.world.times.pingInterval).unref();
  }

  private finish(session: EventSubSession, code: number): void {
    const { world } = this;
    world.sessions.delete(session.id);
    world.hub.emit('disconnect', { session, code: session.closedWith ?? code });
    // Without a close frame Twitch notices late; until then the dead subscriptions count as alive.
    if (code !== 1006 || session.closedWith !== undefined) this.bury(session, code);
    else setTimeout(() => this.bury(session, code), world.times.cutNoticedAfter).unref();
  }

  private bury({ id }: EventSubSession, code: number): void {
    const { subscriptions } = this.world;
    for (const each of subscriptions.enabledIn(id)) subscriptions.end(each, statusAfter(code));
  }

  private keepaliveOf(asked: string | null): number {
    const least = this.world.times.leastKeepalive;
    const seconds = asked === null ? least : Math.trunc(Number(asked));
    return Number.isNaN(seconds) ? least : Math.min(longestKeepalive, Math.max(least, seconds));
  }
}
