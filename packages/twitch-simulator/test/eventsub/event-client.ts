import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { TwitchSimulator } from '../../src/index.js';
import { HelixClient } from '../helix/helix-client.js';
import { atEnd } from '../simulator.js';

/** A frame of EventSub as it arrives. */
export interface Frame {
  readonly metadata: { readonly message_id: string; readonly message_type: string } & Readonly<
    Record<string, string>
  >;
  readonly payload: {
    readonly session?: {
      readonly id: string;
      readonly status: string;
      readonly connected_at: string;
      readonly keepalive_timeout_seconds: number | null;
      readonly reconnect_url: string | null;
    };
    readonly subscription?: Readonly<Record<string, unknown>> & {
      readonly id: string;
      readonly status: string;
    };
    readonly event?: Readonly<Record<string, unknown>>;
  };
}

/** A hand-written client of EventSub: what arrives is kept, and can be waited for. */
export class EventClient {
  readonly frames: Frame[] = [];
  readonly socket: WebSocket;
  /** Resolves with the close code. */
  readonly closed: Promise<number>;

  private constructor(url: string) {
    this.socket = new WebSocket(url);
    this.socket.on('error', () => undefined);
    this.socket.on('message', (data) => this.frames.push(JSON.parse(String(data))));
    this.closed = new Promise((resolve) => this.socket.on('close', resolve));
    atEnd(() => this.socket.terminate());
  }

  /** Connects and does not wait for anything. */
  static dial(url: string): EventClient {
    return new EventClient(url);
  }

  /** Connects and waits for the welcome. */
  static async open(twitch: TwitchSimulator, url = twitch.eventSubUrl): Promise<EventClient> {
    const client = new EventClient(url);
    await client.next('session_welcome');
    return client;
  }

  /** Connects as somebody and subscribes to these types on the streamer's channel. */
  static async subscribed(
    twitch: TwitchSimulator,
    scopes: readonly string[],
    ...types: readonly string[]
  ): Promise<EventClient> {
    const helix = HelixClient.as(twitch, 'streamer', scopes);
    const client = await EventClient.open(twitch);
    for (const each of types) {
      const [type = '', version = '1'] = each.split(' ');
      await helix.subscribe(client, type, version);
    }
    return client;
  }

  /** The id of its session. */
  get sessionId(): string {
    return this.of('session_welcome').at(-1)?.payload.session?.id ?? '';
  }

  /** Frames of one kind so far. */
  of(type: string): readonly Frame[] {
    return this.frames.filter(({ metadata }) => metadata.message_type === type);
  }

  /** The events of one type so far. */
  events(type: string): readonly Readonly<Record<string, unknown>>[] {
    return this.of('notification')
      .filter(({ metadata }) => metadata.subscription_type === type)
      .map(({ payload }) => payload.event ?? {});
  }

  /** The first frame of one kind that is not yet counted in `after`. */
  async next(type: string, after = 0): Promise<Frame> {
    for (;;) {
      const frame = this.of(type)[after];
      if (frame !== undefined) return frame;
      await Promise.race([once(this.socket, 'message'), this.closed.then(refuse)]);
    }
  }

  /** The first event of a type, once it is there. */
  async event(type: string, after = 0): Promise<Readonly<Record<string, unknown>>> {
    for (;;) {
      const event = this.events(type)[after];
      if (event !== undefined) return event;
      await Promise.race([once(this.socket, 'message'), this.closed.then(refuse)]);
    }
  }
}

function refuse(code: number): never {
  throw new Error(`The socket was closed with ${code}.`);
}
