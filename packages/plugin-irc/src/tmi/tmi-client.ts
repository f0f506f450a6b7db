import tmi from 'tmi.js';
import { openByWs } from './web-socket.js';

/**
 * What we use of a tmi.js client, public and private. The private members are optional: each use
 * of one has something to fall back on, and none is counted on.
 */
export interface TmiClient {
  on(event: string, listener: (...args: readonly unknown[]) => void): void;
  removeAllListeners(): void;
  connect(): Promise<unknown>;
  disconnect(): Promise<unknown>;
  /** Writes a line; rejects with a text while the socket is not open. */
  raw(line: string): Promise<unknown>;
  readyState(): string;
  /** Private: opens the socket. */
  _openConnection?: () => void;
  /** Private: takes the opening of the socket. */
  readonly _onOpen?: () => void;
  /** Private: takes the end of the socket. */
  readonly _onClose?: () => void;
  /** Private: takes a WebSocket frame; bound when a socket is opened. */
  _onMessage?: ((event: { readonly data: unknown }) => void) | undefined;
  /** Private: takes the error event of the socket. */
  _onError?: (event: unknown) => void;
  /** Undocumented: takes a parsed line. */
  handleMessage?: ((message: unknown) => void) | undefined;
  /** Undocumented: the bot's own tags in each channel. */
  readonly userstate?: Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;
  /** Private: timer of tmi.js's own PING. */
  readonly pingLoop?: NodeJS.Timeout | null;
  /** Private: the socket, of `ws` or of Node. */
  readonly ws?: { send?(line: string): void; terminate?(): void } | null;
}

/** What tmi.js would print. */
export interface TmiLog {
  info(text: string): void;
  warn(text: string): void;
  error(text: unknown): void;
}

/** Where to and as whom a client connects. */
export interface TmiClientOptions {
  readonly server: string;
  readonly port: number;
  readonly secure: boolean;
  readonly login: string;
  /** The access token, without `oauth:`. */
  readonly token: string;
  readonly log: TmiLog;
}

/** Longest time-out that a timer takes, milliseconds. */
const never = 2_147_483_647;

/** Makes a tmi.js client for one connection: it neither reconnects nor joins by itself. */
export function createTmiClient({ server, port, secure, login, token, log }: TmiClientOptions) {
  const client = new tmi.Client({
    options: { skipMembership: true, skipUpdatingEmotesets: true, debug: false },
    connection: { server, port, secure, reconnect: false, timeout: never },
    identity: { username: login, password: keepCase(token) },
    channels: [],
    logger: log,
  });
  // Its types say nothing of the private members, which TmiClient lists.
  const listed = client as unknown as TmiClient;
  openByWs(listed, `${secure ? 'wss' : 'ws'}://${server}:${port}/`);
  return listed;
}

/**
 * tmi.js lower-cases the password, but a token is opaque and may hold capitals. It does nothing else
 * with it before the text's own `replace`, so an object that answers with the token as it is gets past.
 */
function keepCase(token: string): string {
  return { toLowerCase: () => token } as unknown as string;
}
