import type { AccessToken, Clock, Logger, Undo } from '@pertybot/core';
import type { IrcConfig } from '../irc-config.js';
import type { ChatConnection, ConnectionEnd, IncomingLine, Standing } from './chat-connection.js';
import { eachLine, isIrcLine } from './frame-lines.js';
import { type IrcTags, parseBadges } from './irc-tags.js';
import { Liveness } from './liveness.js';
import { readPrivateMessageLine } from './private-message-line.js';
import { readServerLine, tagsOf } from './server-line.js';
import { createTmiClient, type ParsedLine, type TmiClient } from './tmi-client.js';

/** What a {@link TmiConnection} is made of. */
export interface TmiConnectionOptions {
  readonly config: Pick<IrcConfig, 'server' | 'port' | 'secure'>;
  readonly token: AccessToken;
  /** Takes what the connection brings; what it throws is logged and goes no further. */
  readonly hear: (line: IncomingLine) => void;
  /** Is called for each line that made no sense. */
  readonly broken: () => void;
  readonly clock: Clock;
  readonly log: Logger;
}

/** How long a login may take, milliseconds. */
const connectTime = 15_000;
/** How long a socket may take to close, milliseconds. */
const closeTime = 2_000;

/**
 * One connection to chat by one tmi.js client, which is never used again. tmi.js opens the socket and logs
 * in; lines of chat are read here, and so is what Twitch tells beside chat, once tmi.js has taken it apart.
 */
export class TmiConnection implements ChatConnection {
  readonly opened: Promise<boolean>;
  readonly ended: Promise<ConnectionEnd>;
  private readonly client: TmiClient;
  /** What tmi.js itself makes of a parsed line. */
  private readonly handOn: (line: ParsedLine) => void;
  private readonly connectTimer: Undo;
  private readonly standings = new Map<string, Standing>();
  private isOpen = false;
  private over = false;
  private liveness: Liveness | undefined;
  private socketFault = '';
  private settleOpened: (opened: boolean) => void = () => {};
  private settleEnded: (end: ConnectionEnd) => void = () => {};

  constructor(private readonly options: TmiConnectionOptions) {
    this.opened = new Promise((resolve) => {
      this.settleOpened = resolve;
    });
    this.ended = new Promise((resolve) => {
      this.settleEnded = resolve;
    });
    const { server, port, secure } = options.config;
    const { login, token } = options.token;
    const socket = {
      frame: (frame: string | undefined) => this.takeFrame(frame),
      fault: (text: string) => {
        this.socketFault = text;
      },
    };
    this.client = createTmiClient({ server, port, secure, login, token, socket });
    this.handOn = this.client.handleMessage.bind(this.client);
    this.client.handleMessage = (line) => this.takeServerLine(line);
    this.client.on('connected', () => this.onConnected());
    this.client.on('disconnected', (reason) => this.onDisconnected(reason));
    this.connectTimer = options.clock.after(connectTime, () => {
      this.close({ reason: 'timeout', text: `no login within ${connectTime / 1_000} s` });
    });
    // Its events tell how this goes; the promise of tmi.js may stay pending for ever.
    this.client.connect().catch(() => {});
  }

  get lastHeard(): number | undefined {
    return this.liveness?.lastHeard;
  }

  send(line: string): boolean {
    const { ws } = this.client;
    if (this.over || ws === null || this.client.readyState() !== 'OPEN') return false;
    // For each line that goes through tmi.js it starts a timer, which keeps the process alive for 600 ms.
    ws.send(line);
    return true;
  }

  standingIn(channel: string): Standing {
    return this.standings.get(channel) ?? 'viewer';
  }

  close(end: ConnectionEnd): void {
    if (this.over) return;
    this.over = true;
    this.connectTimer();
    this.liveness?.stop();
    this.client.removeAllListeners();
    this.release(end);
    this.settleOpened(false);
    this.settleEnded(end);
  }

  private takeFrame(frame: string | undefined): void {
    this.liveness?.heard();
    if (frame === undefined) this.noteBroken();
    else eachLine(frame, this.takeLine, this.noteBroken);
  }

  private readonly takeLine = (frame: string, start: number, end: number): void => {
    const reading = readPrivateMessageLine(frame, start, end);
    if (typeof reading === 'object') this.hear(reading);
    else if (reading === 'broken') this.noteBroken();
    else this.takeOtherLine(frame.slice(start, end));
  };

  private takeOtherLine(data: string): void {
    if (isIrcLine(data)) this.client._onMessage({ data });
    else this.noteBroken();
  }

  /** Takes a line that tmi.js has parsed, and gives it back where it belongs to the login. */
  private takeServerLine(line: ParsedLine): void {
    const { command, params } = line;
    const [target = '', text = ''] = params;
    switch (command) {
      case 'PING':
        this.send('PONG :tmi.twitch.tv');
        return;
      case 'PONG':
        return;
      case 'RECONNECT':
        this.close({ reason: 'moved', text: 'the server asked to connect again' });
        return;
      case 'USERSTATE':
        this.standings.set(target.slice(1), toStanding(tagsOf(line)));
        return;
      case 'NOTICE':
        if (isLoginRefusal(text) || this.saysNo(target, text)) {
          this.close({ reason: 'rejected', text });
        }
    }
    const reading = readServerLine(line, this.options.token.login);
    if (typeof reading === 'object') this.hear(reading);
    else if (reading === 'broken' || line.prefix === null) this.noteBroken();
    else if (isAnswerToLogin(line)) this.handOn(line);
  }

  /** Whatever Twitch says to the bot alone before it lets it in, it does not let it in. */
  private saysNo(target: string, text: string): boolean {
    return !this.isOpen && target === '*' && text !== '';
  }

  private hear(line: IncomingLine): void {
    if (this.over) return;
    try {
      this.options.hear(line);
    } catch (error) {
      // The socket would read no further.
      this.options.log.error('Something that chat brought could not be handled.', { error });
    }
  }

  private readonly noteBroken = (): void => {
    if (!this.over) this.options.broken();
  };

  private onConnected(): void {
    if (this.over || this.isOpen) return;
    this.isOpen = true;
    this.connectTimer();
    this.liveness = new Liveness({
      clock: this.options.clock,
      ping: () => this.send('PING :pertybot'),
      dead: () => this.close({ reason: 'silent', text: 'it answered no PING for 15 s' }),
    });
    // tmi.js starts a PING of its own after this event, and knows the answer in one form only.
    queueMicrotask(() => clearInterval(this.client.pingLoop ?? undefined));
    this.settleOpened(true);
  }

  private onDisconnected(reason: string): void {
    const text = this.socketFault || reason || 'closed';
    this.close({ reason: this.isOpen ? 'lost' : 'unreachable', text });
  }

  private release({ reason }: ConnectionEnd): void {
    const { ws } = this.client;
    const terminate = () => ws?.terminate();
    const politely = reason === 'left' || reason === 'moved';
    const cancel = politely ? this.options.clock.after(closeTime, terminate) : () => {};
    // It rejects where the socket is closed already.
    this.client.disconnect().then(cancel, cancel);
    if (!politely) terminate();
  }
}

/** What the bot's own tags in a channel make of it. */
function toStanding(tags: IrcTags): Standing {
  const badges = parseBadges(tags.get('badges') ?? '');
  const privileged = 'moderator' in badges || 'vip' in badges || 'broadcaster' in badges;
  return privileged || tags.get('mod') === '1' ? 'privileged' : 'viewer';
}

/** Twitch's words for a refused login; their capitals differ from time to time. */
const refusals =
  /login authentication failed|login unsuccessful|improperly formatted auth|error logging in|invalid nick/i;

/** Whether `text` is Twitch's answer to a login that it refuses. */
function isLoginRefusal(text: string): boolean {
  return refusals.test(text);
}

/** Whether tmi.js needs a line to know that it is logged in; on others that break off it throws. */
function isAnswerToLogin({ command }: ParsedLine): boolean {
  return /^\d{3}$/.test(command ?? '');
}
