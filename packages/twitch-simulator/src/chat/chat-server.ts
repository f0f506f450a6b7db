import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { ChatSession } from './chat-session.js';
import type { ChatWorld } from './chat-world.js';
import { Keepalive, type KeepaliveTimes } from './keepalive.js';
import { LineRouter } from './line-router.js';

/** The WebSocket server of the chat side: it opens a session for each connection. */
export class ChatServer {
  readonly http: Server;
  private readonly sockets = new WebSocketServer({ noServer: true, autoPong: false });
  private count = 0;
  private ended = false;

  constructor(
    private readonly world: ChatWorld,
    private readonly times: KeepaliveTimes,
  ) {
    this.http = createServer((_, answer) => {
      answer.writeHead(426, { 'Content-Type': 'text/plain' }).end('Chat speaks WebSocket.\n');
    });
    this.http.on('upgrade', (request, stream, head) => this.upgrade(request, stream, head));
  }

  /** Cuts every connection and takes no more. */
  end(): void {
    this.ended = true;
    this.world.faults.clear();
    for (const session of this.world.sessions) session.terminate();
    this.sockets.close();
  }

  private upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    stream.on('error', () => undefined);
    const fault = this.ended ? 'drop' : this.world.faults.takeUpgrade();
    if (fault === undefined) {
      this.sockets.handleUpgrade(request, stream, head, (socket) => this.accept(socket));
    } else if (fault === 'stall') this.world.faults.hold(stream);
    else if (fault === 'drop') stream.destroy();
    else stream.end(`HTTP/1.1 ${fault.status} Refused\r\nConnection: close\r\n\r\n`);
  }

  private accept(socket: WebSocket): void {
    this.count += 1;
    const session = new ChatSession(this.count, socket);
    const keepalive = new Keepalive(session, this.times);
    const router = new LineRouter(this.world, session, keepalive);
    this.world.sessions.add(session);
    this.world.hub.emit('connect', { session });
    session.onLines(
      (raw) => router.hear(raw),
      (code) => {
        keepalive.stop();
        this.world.sessions.delete(session);
        this.world.hub.emit('disconnect', { login: session.login, code, session });
      },
    );
  }
}
