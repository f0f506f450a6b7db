import type { Duplex } from 'node:stream';
import type { Undo } from '../event-hub.js';
import { toLogin } from '../people.js';
import { ScriptedFaults } from '../scripted-faults.js';
import type { ChatSession } from './chat-session.js';
import { formatLine, type IrcLine } from './irc-line.js';
import type { LoginNotice } from './notices.js';

/** What happens to clients that try to open a WebSocket. */
export type UpgradeFault = 'stall' | 'drop' | { readonly status: number };

/** How `RECONNECT` is followed up. */
export interface ReconnectOptions {
  /** Milliseconds until the server closes by itself; undefined leaves it to the client. */
  readonly closeAfter?: number;
  /** Milliseconds by which the answer to the client's own close is late. */
  readonly lateClose?: number;
}

/** Lines that no client should stumble over, and that Twitch has never sent. */
export const garbageLines: readonly string[] = [
  '',
  ' ',
  ':',
  '@',
  '@a=b',
  ':tmi.twitch.tv',
  ':tmi.twitch.tv NOTICE #channel',
  ':somebody!somebody@somebody.tmi.twitch.tv PRIVMSG #channel',
  ':somebody!somebody@somebody.tmi.twitch.tv PRIVMSG',
  '@badges=;mod=1 :somebody!somebody@somebody.tmi.twitch.tv PRIVM',
  '@badges=broadcaster/1;id=;user-id= PRIVMSG #channel :no prefix',
  ':tmi.twitch.tv USERNOTICE #channel',
  ':tmi.twitch.tv CLEARMSG',
  ':tmi.twitch.tv 999 nobody :what is this',
  '\u0000\u0001\u0002',
  '@=;=;;= : PRIVMSG #channel :empty tags',
];

/** Lets the chat side go wrong. What acts on connections acts on all that are open. */
export class ChatFaults {
  /** Whether the server ends the connection after refusing a login. @default true */
  closesAfterRefusal = true;
  private readonly logins = new ScriptedFaults<'login', LoginNotice | (string & {})>();
  private readonly messages = new ScriptedFaults<string, string>();
  private readonly upgrades = new ScriptedFaults<'upgrade', UpgradeFault>();
  private readonly held = new Set<Duplex>();
  private duplicates = 0;

  /** @internal */
  constructor(private readonly sessions: ReadonlySet<ChatSession>) {}

  /** Refuses the next `times` logins with this notice, however good the token is. */
  refuseLogins(notice: LoginNotice | (string & {}), times = 1): void {
    this.logins.next('login', notice, times);
  }

  /** Refuses the next `times` messages to `channel` with this msg-id, such as `msg_slowmode`. */
  refuseMessages(channel: string, msgId: string, times = 1): void {
    this.messages.next(toLogin(channel), msgId, times);
  }

  /** The next `times` connections never become a WebSocket: no answer, no connection, an error. */
  refuseUpgrades(fault: UpgradeFault, times = 1): void {
    this.upgrades.next('upgrade', fault, times);
  }

  /** No connection becomes a WebSocket until undone; those that were stalled are cut then. */
  refuseAllUpgrades(fault: UpgradeFault): Undo {
    const undo = this.upgrades.always('upgrade', fault);
    return () => {
      undo();
      this.release();
    };
  }

  /** Ends every connection: with a proper close, or by cutting it. */
  drop(how: 'close' | 'terminate' = 'terminate'): void {
    for (const session of this.sessions) {
      if (how === 'close') session.close(1001);
      else session.terminate();
    }
  }

  /** Connections stay open, but the server neither hears nor says anything more. */
  silence(): void {
    for (const session of this.sessions) session.silence();
  }

  /** Half-open connections: nothing is read or written, not even a close. */
  freeze(): void {
    for (const session of this.sessions) session.freeze();
  }

  /** Sends `RECONNECT`, as Twitch does before it takes a server down. */
  reconnect(options: ReconnectOptions = {}): void {
    for (const session of this.sessions) {
      session.send({ command: 'RECONNECT' });
      if (options.lateClose !== undefined) session.dawdle(options.lateClose);
      if (options.closeAfter === undefined) continue;
      setTimeout(() => session.close(1001), options.closeAfter).unref();
    }
  }

  /** Sends {@link garbageLines}, each in a frame of its own. */
  garbage(): void {
    for (const session of this.sessions) {
      for (const line of garbageLines) session.frame(`${line}\r\n`);
    }
  }

  /** Sends only the first `length` characters of a line, and no line end. */
  cut(line: IrcLine | string, length: number): void {
    const whole = typeof line === 'string' ? line : formatLine(line);
    for (const session of this.sessions) session.frame(whole.slice(0, length));
  }

  /** The next `times` lines that channels hear arrive twice. */
  duplicateNext(times = 1): void {
    this.duplicates += times;
  }

  /** All planned faults are over; connections that were stalled are cut. */
  clear(): void {
    this.logins.clear();
    this.messages.clear();
    this.upgrades.clear();
    this.duplicates = 0;
    this.release();
  }

  /** @internal */
  takeLoginRefusal(): string | undefined {
    return this.logins.take('login');
  }

  /** @internal */
  takeMessageRefusal(channel: string): string | undefined {
    return this.messages.take(channel);
  }

  /** @internal */
  takeUpgrade(): UpgradeFault | undefined {
    return this.upgrades.take('upgrade');
  }

  /** @internal */
  takeDuplicate(): boolean {
    if (this.duplicates === 0) return false;
    this.duplicates -= 1;
    return true;
  }

  /** @internal keeps a socket that is never answered */
  hold(socket: Duplex): void {
    this.held.add(socket);
    socket.on('close', () => this.held.delete(socket));
  }

  /** @internal cuts the sockets that were never answered */
  release(): void {
    for (const socket of this.held) socket.destroy();
  }
}
