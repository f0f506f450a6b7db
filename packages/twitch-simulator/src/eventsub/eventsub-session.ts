import type { WebSocket } from 'ws';
import { toTwitchTime } from '../twitch-time.js';
import { type CloseCode, closeCodes, isCloseCode } from './close-codes.js';
import {
  type EventSubMessage,
  keepaliveMessage,
  type SessionInMessage,
} from './eventsub-message.js';
import type { Subscriber } from './subscription.js';

/** What a session is opened with. */
export interface SessionOptions {
  readonly id: string;
  /** Seconds of silence after which the server says that it is there. */
  readonly keepalive: number;
  /** Milliseconds on the server's clock, skewed as a fault may have it. */
  readonly now: () => number;
}

/** One client's connection to EventSub. */
export class EventSubSession {
  /** As Twitch writes it, such as `AgoQ…Y2VsbC1h`. */
  readonly id: string;
  /** Seconds of silence after which the server says that it is there. */
  readonly keepalive: number;
  /** Milliseconds. */
  readonly connectedAt: number;
  /** Whose subscriptions it has; nobody's before the first. */
  owner: Subscriber | undefined;
  /** The id of the session that took its place, if one did. */
  movedTo: string | undefined;
  /** The code with which the server ended it, if it did. */
  closedWith: number | undefined;
  private readonly connected: string;
  private mute = false;
  private keepsQuiet = false;
  private timer: NodeJS.Timeout | undefined;
  private ending: ((code: number) => void) | undefined;
  private readonly now: () => number;
  // Not `private` alone, so that a test that prints a session does not print the whole socket.
  readonly #socket: WebSocket;

  /** @internal */
  constructor(socket: WebSocket, { id, keepalive, now }: SessionOptions) {
    this.#socket = socket;
    this.id = id;
    this.keepalive = keepalive;
    this.now = now;
    this.connectedAt = now();
    this.connected = toTwitchTime(this.connectedAt);
    socket.on('error', () => undefined);
    socket.on('ping', (data) => {
      if (!this.mute) socket.pong(data);
    });
    socket.on('close', () => clearTimeout(this.timer));
  }

  /** Whether the connection is open. */
  get open(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  /** Whether a fault keeps this connection from hearing and saying anything. */
  get deaf(): boolean {
    return this.mute;
  }

  /** The session as its messages tell of it. */
  describe(
    status: SessionInMessage['status'],
    reconnectUrl: string | null = null,
  ): SessionInMessage {
    const { id, connected } = this;
    const keepalive = status === 'connected' ? this.keepalive : null;
    return { id, status, connected, keepalive, reconnectUrl };
  }

  /** Sends a message; the next keepalive comes only after as long a silence again. */
  send(message: EventSubMessage): void {
    this.frame(JSON.stringify(message));
  }

  /** Sends one frame with exactly this in it. */
  frame(data: string): void {
    if (!this.open || this.mute) return;
    this.#socket.send(data);
    this.awaitSilence();
  }

  /** Ends it as Twitch does, with the reason that belongs to the code. */
  close(code: CloseCode | 1000 | 1001): void {
    if (this.closedWith !== undefined) return;
    this.closedWith = code;
    this.ending?.(code);
    this.#socket.close(code, isCloseCode(code) ? closeCodes[code].reason : '');
  }

  /** Cuts the connection without a word. */
  terminate(): void {
    this.#socket.terminate();
  }

  /** From now on hears and says nothing, but the WebSocket below still closes properly. */
  silence(): void {
    this.mute = true;
  }

  /** As if the cable were cut: nothing is read or written any more, a close is not answered. */
  freeze(): void {
    this.mute = true;
    this.#socket.pause();
  }

  /** No keepalives any more, or again; all else goes on. */
  keepQuiet(quiet = true): void {
    this.keepsQuiet = quiet;
    if (!quiet) this.awaitSilence();
  }

  /** @internal asks whether the client is there; `answered` is called when it is */
  ping(answered: () => void): void {
    this.#socket.once('pong', answered);
    if (this.open && !this.mute) this.#socket.ping();
  }

  /** @internal calls `ending` when the server begins to end it, before the client has answered */
  onEnding(ending: (code: number) => void): void {
    this.ending = ending;
  }

  /** @internal */
  onEnd(heard: () => void, ended: (code: number) => void): void {
    this.#socket.on('message', () => {
      if (!this.mute) heard();
    });
    this.#socket.on('close', ended);
  }

  private awaitSilence(): void {
    clearTimeout(this.timer);
    if (this.keepsQuiet) return;
    const speak = (): void => this.send(keepaliveMessage(this.now()));
    this.timer = setTimeout(speak, this.keepalive * 1000).unref();
  }
}
