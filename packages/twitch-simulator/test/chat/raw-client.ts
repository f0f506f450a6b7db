import WebSocket from 'ws';
import type { TwitchSimulator } from '../../src/index.js';
import { atEnd } from '../simulator.js';

/** A chat client without any manners of its own: it sends what it is told and keeps what it hears. */
export class RawClient {
  /** Every line heard, in order. */
  readonly lines: string[] = [];
  /** Every frame heard, in order. */
  readonly frames: string[] = [];
  /** Resolves with the close code. */
  readonly closed: Promise<number>;
  private readonly waiting = new Set<() => void>();

  private constructor(readonly socket: WebSocket) {
    this.closed = new Promise((resolve) => socket.on('close', resolve));
    socket.on('error', () => undefined);
    socket.on('message', (data) => {
      const frame = String(data);
      this.frames.push(frame);
      this.lines.push(...frame.split('\r\n').filter((line) => line !== ''));
      for (const check of [...this.waiting]) check();
    });
  }

  /** Opens a connection. */
  static async open(twitch: TwitchSimulator): Promise<RawClient> {
    const client = new RawClient(new WebSocket(twitch.chatUrl.url, 'irc'));
    atEnd(() => client.socket.terminate());
    await new Promise((resolve, reject) => {
      client.socket.once('open', resolve);
      client.socket.once('error', reject);
    });
    return client;
  }

  /** Opens a connection, logs in and joins channels. */
  static async join(
    twitch: TwitchSimulator,
    login = 'pertybot',
    ...channels: readonly string[]
  ): Promise<RawClient> {
    const { accessToken } = twitch.id.issueToken({ login });
    const client = await RawClient.open(twitch);
    client.send('CAP REQ :twitch.tv/tags twitch.tv/commands');
    client.send(`PASS oauth:${accessToken}`, `NICK ${login}`);
    await client.heard('GLOBALUSERSTATE');
    for (const channel of channels) {
      client.send(`JOIN #${channel}`);
      await client.heard(`ROOMSTATE #${channel}`);
    }
    return client;
  }

  /** Sends lines, each in a frame of its own. */
  send(...lines: readonly string[]): void {
    for (const line of lines) this.socket.send(line);
  }

  /** The first line with that in it, heard already or yet to come. */
  async heard(part: string): Promise<string> {
    // Each line is looked at once: a flood would be gone through anew for each of its frames.
    let seen = 0;
    const find = (): string | undefined => {
      if (this.lines.length < seen) seen = 0;
      const fresh = this.lines.slice(seen);
      seen = this.lines.length;
      return fresh.find((line) => line.includes(part));
    };
    for (let line = find(); ; line = find()) {
      if (line !== undefined) return line;
      await new Promise<void>((resolve) => {
        const check = (): void => {
          this.waiting.delete(check);
          resolve();
        };
        this.waiting.add(check);
      });
    }
  }

  /** Resolves when all that was sent before has been dealt with. */
  async settled(): Promise<void> {
    const mark = `mark-${Math.random()}`;
    this.send(`PING :${mark}`);
    await this.heard(mark);
  }

  /** Forgets what was heard. */
  forget(): void {
    this.lines.length = 0;
    this.frames.length = 0;
  }
}

/** The tags of a line, as they are written. */
export function tagsOf(line: string): Readonly<Record<string, string>> {
  const text = /^@(\S+) /.exec(line)?.[1] ?? '';
  return Object.fromEntries(
    text.split(';').map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [name, value.join('=')];
    }),
  );
}
