import type { RawData, WebSocket } from 'ws';
import type { Account } from '../people.js';
import { formatLine, type IrcLine } from './irc-line.js';

/** Lines that are only for clients that asked for `twitch.tv/commands`. */
const commandLines = new Set([
  'CLEARCHAT',
  'CLEARMSG',
  'GLOBALUSERSTATE',
  'RECONNECT',
  'ROOMSTATE',
  'USERNOTICE',
  'USERSTATE',
]);

/** One client's connection to chat. */
export class ChatSession {
  /** What the client asked for, such as `twitch.tv/tags`. */
  readonly capabilities = new Set<string>();
  /** Channels joined, without `#`. */
  readonly channels = new Set<string>();
  /** Who is logged in; none before the login and for an anonymous reader. */
  account: Account | undefined;
  /** The name under which the client is known here, once it is logged in. */
  login: string | undefined;
  /** Whether the token allows to send. */
  canSend = false;
  private mute = false;
  // Not `private` alone, so that a test that prints a session does not print the whole socket.
  readonly #socket: WebSocket;

  /** @internal */
  constructor(
    /** Counts up from 1. */
    readonly id: number,
    socket: WebSocket,
  ) {
    this.#socket = socket;
    socket.on('error', () => undefined);
    socket.on('ping', (data) => {
      if (!this.mute) socket.pong(data);
    });
  }

  /** Whether the connection is open. */
  get open(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  /** Whether a fault keeps this connection from hearing and saying anything. */
  get deaf(): boolean {
    return this.mute;
  }

  /** Sends lines, as many as the client asked to see, in one frame. */
  send(...lines: readonly IrcLine[]): void {
    const withTags = this.capabilities.has('twitch.tv/tags');
    const seen = lines.filter((line) => this.sees(line));
    if (seen.length > 0)
      this.frame(seen.map((line) => `${formatLine(line, withTags)}\r\n`).join(''));
  }

  /** Sends one frame with exactly this in it. */
  frame(data: string | Uint8Array): void {
    if (this.open && !this.mute) this.#socket.send(data);
  }

  /** Closes with a proper handshake. @param code a WebSocket close code. @default 1000 */
  close(code = 1000): void {
    this.#socket.close(code);
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

  /** Reads nothing for so many milliseconds, so that a close by the client is answered late. */
  dawdle(milliseconds: number): void {
    this.#socket.pause();
    setTimeout(() => this.#socket.resume(), milliseconds).unref();
  }

  /** @internal hands over every line that arrives */
  onLines(hear: (line: string) => void, ended: (code: number) => void): void {
    this.#socket.on('message', (data) => {
      if (this.mute) return;
      for (const line of toText(data).split(/\r\n|\n|\r/)) {
        if (line !== '') hear(line);
      }
    });
    this.#socket.on('close', ended);
  }

  private sees(line: IrcLine): boolean {
    const wantsCommands = this.capabilities.has('twitch.tv/commands');
    return wantsCommands || !commandLines.has(line.command);
  }
}

function toText(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return Buffer.isBuffer(data) ? data.toString('utf8') : Buffer.from(data).toString('utf8');
}
