import tmi from 'tmi.js';
import WebSocket from 'ws';

/** A line as tmi.js takes it apart; its tags are read from `raw`, since tmi.js changes their values. */
export interface ParsedLine {
  readonly raw: string;
  /** Null where the line has none. */
  readonly prefix: string | null;
  readonly command: string | null;
  readonly params: readonly string[];
}

/**
 * What we use of a tmi.js client, public and private. tmi.js is pinned to 1.8.5, the last of its line, and
 * joined into the package, so that its private members are as they are here.
 */
export interface TmiClient {
  on(event: 'connected', listener: () => void): void;
  on(event: 'disconnected', listener: (reason: string) => void): void;
  removeAllListeners(): void;
  connect(): Promise<unknown>;
  /** Rejects with a text where the socket is closed already. */
  disconnect(): Promise<unknown>;
  readyState(): 'CONNECTING' | 'OPEN' | 'CLOSING' | 'CLOSED';
  /** Private: opens the socket; `connect` calls it. */
  _openConnection: () => void;
  /** Private: takes the opening of the socket, and logs in. */
  readonly _onOpen: () => void;
  /** Private: takes the end of the socket. */
  readonly _onClose: () => void;
  /** Private: takes the error event of the socket, and lets go of it. */
  readonly _onError: () => void;
  /** Private: takes lines apart, each of which it gives to `handleMessage`. */
  readonly _onMessage: (event: { readonly data: string }) => void;
  /** Undocumented: takes a parsed line; `connected` follows from one of those that answer the login. */
  handleMessage: (line: ParsedLine) => void;
  /** Private: timer of tmi.js's own PING. */
  readonly pingLoop: NodeJS.Timeout | null;
  /** Private: the socket. */
  ws: WebSocket | null;
}

/** Hears the socket of a client. */
export interface SocketListener {
  /** @param frame undefined for one that is no text */
  frame(frame: string | undefined): void;
  /** Why the socket failed, before tmi.js is told that it did. */
  fault(text: string): void;
}

/** Where to and as whom a client connects. */
export interface TmiClientOptions {
  readonly server: string;
  readonly port: number;
  readonly secure: boolean;
  readonly login: string;
  /** The access token, without `oauth:`. */
  readonly token: string;
  readonly socket: SocketListener;
}

/** Longest time-out that a timer takes, milliseconds. */
const never = 2_147_483_647;

/** Bytes of the longest frame that is taken; Twitch sends a few lines at a time, of some 3 kB each at most. */
const longestFrame = 4 * 1_048_576;

/** What tmi.js would print; all that matters of it comes by lines and events, too. */
const silent = { info() {}, warn() {}, error() {} };

/** Makes a tmi.js client for one connection: it neither reconnects nor joins by itself. */
export function createTmiClient(options: TmiClientOptions): TmiClient {
  const { server, port, secure, login, token, socket } = options;
  const client = new tmi.Client({
    // Without the second, tmi.js takes the token to an API that was retired, once a minute.
    options: { skipMembership: true, skipUpdatingEmotesets: true, debug: false },
    connection: { server, port, secure, reconnect: false, timeout: never },
    identity: { username: login, password: keepCase(token) },
    channels: [],
    logger: silent,
  });
  // Its types say nothing of the private members, which TmiClient lists.
  const listed = client as unknown as TmiClient;
  openByWs(listed, `${secure ? 'wss' : 'ws'}://${server}:${port}/`, socket);
  return listed;
}

/**
 * tmi.js lower-cases the password, but a token is opaque and may hold capitals. It does nothing else
 * with it before the text's own `replace`, so an object that answers with the token as it is gets past.
 */
function keepCase(token: string): string {
  return { toLowerCase: () => token } as unknown as string;
}

/**
 * Makes a client open its socket by the package `ws`. By itself it takes the WebSocket that Node.js 22 and
 * newer bring, which cannot be cut off and does not say why it failed.
 */
function openByWs(client: TmiClient, url: string, listener: SocketListener): void {
  client._openConnection = () => {
    // What is no UTF-8 becomes a replacement character in the text, and is none of the bot's business.
    const options = { skipUTF8Validation: true, maxPayload: longestFrame };
    const ws = new WebSocket(url, 'irc', options);
    client.ws = ws;
    ws.on('open', () => client._onOpen());
    // An `onmessage` would make an event object for each frame.
    ws.on('message', (data, isBinary) => listener.frame(isBinary ? undefined : data.toString()));
    ws.on('error', ({ message }) => {
      listener.fault(message);
      client._onError();
    });
    ws.on('close', () => client._onClose());
  };
}
