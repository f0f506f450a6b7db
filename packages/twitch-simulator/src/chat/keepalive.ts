import type { ChatSession } from './chat-session.js';

/** How often the server asks whether a client is there, and how long it waits; milliseconds. */
export interface KeepaliveTimes {
  readonly pingInterval: number;
  readonly pongTimeout: number;
}

/** Asks one client now and then whether it is still there, and cuts it when it is not. */
export class Keepalive {
  private readonly asking: NodeJS.Timeout;
  private cutting: NodeJS.Timeout | undefined;

  constructor(
    private readonly session: ChatSession,
    private readonly times: KeepaliveTimes,
  ) {
    this.asking = setInterval(() => this.ask(), times.pingInterval).unref();
  }

  /** The client has answered. */
  answered(): void {
    clearTimeout(this.cutting);
    this.cutting = undefined;
  }

  /** The connection is over. */
  stop(): void {
    clearInterval(this.asking);
    this.answered();
  }

  private ask(): void {
    // A client that a fault keeps from answering must find that out by itself.
    if (this.session.deaf) return;
    this.session.frame('PING :tmi.twitch.tv\r\n');
    this.cutting ??= setTimeout(() => this.session.terminate(), this.times.pongTimeout).unref();
  }
}
