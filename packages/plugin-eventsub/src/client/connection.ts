import type { Clock } from '@pertybot/core';
import type WebSocket from 'ws';
import { EventSocket } from './event-socket.js';
import type { Frame } from './frame.js';
import { isOwnServer } from './reconnect-url.js';
import type { SocketEnd } from './socket-end.js';

/** What a {@link Connection} works with. */
export interface ConnectionOptions {
  readonly url: string;
  /** What connects. */
  readonly webSocket: typeof WebSocket;
  readonly clock: Clock;
  /** Told of every frame that is not about the connection itself. Must not throw. */
  readonly hear: (frame: Frame) => void;
  /** Told when Twitch wants it elsewhere, and when it is there: then with the session's id of now. */
  readonly moving: (sessionId: string | undefined) => void;
}

/**
 * A connection that goes from server to server as Twitch wants it: the old socket is closed once the new one is
 * welcome, and until then both are heard.
 */
export class Connection {
  private readonly sockets = new Set<EventSocket>();
  private socket: EventSocket;
  /** Where Twitch wants it, until it is there. */
  private target: string | undefined;
  private onTarget: () => void = () => {};

  constructor(private readonly options: ConnectionOptions) {
    this.socket = this.open(options.url);
  }

  /** When Twitch was heard last, by the clock. */
  get heardAt(): number {
    return this.socket.heardAt;
  }

  /** The session's id; undefined where it ends before there is one. */
  async welcomed(): Promise<string | undefined> {
    const welcome = await this.socket.welcomed.catch(() => undefined);
    return welcome?.sessionId;
  }

  /** Resolves when it has ended: a move to another server is no end. */
  async ended(): Promise<SocketEnd> {
    for (;;) {
      const end = await Promise.race([this.socket.ended, this.targeted()]);
      if (end !== undefined) return end;
      const failed = await this.move(this.target ?? '');
      this.target = undefined;
      if (failed === undefined) continue;
      this.close();
      return failed;
    }
  }

  /** Closes it, by a close frame. */
  close(): void {
    for (const socket of this.sockets) socket.close();
  }

  /** Resolves when all its sockets have ended. */
  async gone(): Promise<void> {
    await Promise.all([...this.sockets].map(({ ended }) => ended));
  }

  /** @returns how it ended, where the move failed */
  private async move(url: string): Promise<SocketEnd | undefined> {
    if (!isOwnServer(url, this.options.url)) {
      const text = 'Twitch wanted the connection elsewhere than to its own servers';
      return { code: 4007, text, isOurs: false };
    }
    this.options.moving(undefined);
    const next = this.open(url);
    const welcome = await next.welcomed.catch(() => undefined);
    if (welcome === undefined) return next.ended;
    const old = this.socket;
    this.socket = next;
    this.options.moving(welcome.sessionId);
    old.close();
    return undefined;
  }

  private open(url: string): EventSocket {
    const socket = new EventSocket({
      ...{ url, clock: this.options.clock, webSocket: this.options.webSocket },
      hear: (frame) => this.hear(frame),
    });
    this.sockets.add(socket);
    void socket.ended.then(() => this.sockets.delete(socket));
    return socket;
  }

  private hear(frame: Frame): void {
    if (frame.kind !== 'reconnect') {
      this.options.hear(frame);
      return;
    }
    this.target = frame.url;
    this.onTarget();
  }

  private targeted(): Promise<undefined> {
    return new Promise((resolve) => {
      this.onTarget = () => resolve(undefined);
      if (this.target !== undefined) resolve(undefined);
    });
  }
}
