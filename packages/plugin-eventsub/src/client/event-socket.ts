import { type Clock, type InjectionToken, messageOf, type Undo } from '@pertybot/core';
import type WebSocket from 'ws';
import { type Frame, readFrame } from './frame.js';
import { describeEnd, type SocketEnd } from './socket-end.js';

/** How long a connection may take until Twitch's welcome, milliseconds. */
const welcomeLimit = 15_000;
/** How much longer than it says Twitch may be silent. */
const margin = 1.2;
/** How long the other side may take to answer a close frame, milliseconds. */
const closeLimit = 1_000;

/** Loads the class that connections are made with, once somebody listens. It may fail, and is then asked again. */
export type LoadWebSocket = () => Promise<{ readonly WebSocket: typeof WebSocket }>;

/** Injection token of the {@link LoadWebSocket}. */
export const LoadWebSocket: InjectionToken<LoadWebSocket> = Symbol.for(
  'pertybot.eventsub.LoadWebSocket',
);

/** The welcome of a socket. */
export type Welcome = Extract<Frame, { kind: 'welcome' }>;

/** What an {@link EventSocket} works with. */
export interface EventSocketOptions {
  readonly url: string;
  /** What connects. */
  readonly webSocket: typeof WebSocket;
  readonly clock: Clock;
  /** Told of every frame but the welcome. Must not throw. */
  readonly hear: (frame: Frame) => void;
}

/** One connection to EventSub: until its welcome, while Twitch is heard, to its close frame. It sends no data ever. */
export class EventSocket {
  /** Rejects with the {@link SocketEnd} of a socket that ended before. */
  readonly welcomed: Promise<Welcome>;
  readonly ended: Promise<SocketEnd>;
  private socket: WebSocket | undefined;
  private end: SocketEnd | undefined;
  private cause: string | undefined;
  private isOurs = false;
  private lastHeard: number;
  private watch: Undo;
  private welcome: (welcome: Welcome) => void = () => {};
  private refuse: (end: SocketEnd) => void = () => {};
  private finish: (end: SocketEnd) => void = () => {};

  constructor(private readonly options: EventSocketOptions) {
    const { clock } = options;
    this.welcomed = new Promise((resolve, reject) => {
      this.welcome = resolve;
      this.refuse = reject;
    });
    this.ended = new Promise((resolve) => {
      this.finish = resolve;
    });
    this.welcomed.catch(() => {});
    this.lastHeard = clock.now();
    this.watch = clock.after(welcomeLimit, () => this.giveUp('Twitch sent no welcome in time'));
    try {
      this.open();
    } catch (error) {
      this.settle(1006, messageOf(error));
    }
  }

  /** When Twitch was heard last, by the clock. */
  get heardAt(): number {
    return this.lastHeard;
  }

  /** Sends a close frame, and ends the connection whether it is answered or not. */
  close(): void {
    this.isOurs = true;
    this.leave();
  }

  private open(): void {
    const { url, webSocket: Socket } = this.options;
    const socket = new Socket(url, { perMessageDeflate: false, maxPayload: 1024 * 1024 });
    this.socket = socket;
    socket.on('message', (data: Buffer) => this.hear(data));
    socket.on('error', (error) => {
      this.cause ??= messageOf(error);
    });
    socket.on('close', (code) => this.settle(code, this.cause));
  }

  private hear(data: Buffer): void {
    this.lastHeard = this.options.clock.now();
    const frame = readFrame(data.toString());
    if (frame.kind !== 'welcome') {
      this.options.hear(frame);
      return;
    }
    this.watch();
    if (this.end === undefined) this.watchOver(frame.keepalive * margin);
    this.welcome(frame);
  }

  /** One timer, however much is heard: it looks when Twitch was heard last. */
  private watchOver(limit: number): void {
    const { clock } = this.options;
    const check = () => {
      const left = this.lastHeard + limit - clock.now();
      if (left > 0) this.watch = clock.after(left, check);
      else this.giveUp(`Twitch was silent for ${Math.round(limit / 1_000)} s`);
    };
    this.watch = clock.after(limit, check);
  }

  private giveUp(cause: string): void {
    this.cause ??= cause;
    this.leave();
    // What is dead does not answer, and nobody waits for it.
    this.settle(1006, this.cause);
  }

  private leave(): void {
    const { socket } = this;
    if (this.end !== undefined) return;
    if (socket === undefined) {
      this.settle(1000, undefined);
      return;
    }
    socket.close(1000);
    const cancel = this.options.clock.after(closeLimit, () => socket.terminate());
    socket.once('close', cancel);
  }

  private settle(code: number, cause: string | undefined): void {
    if (this.end !== undefined) return;
    this.watch();
    const text = describeEnd(code, cause);
    this.end = { code, text, isOurs: this.isOurs };
    this.refuse(this.end);
    this.finish(this.end);
  }
}
