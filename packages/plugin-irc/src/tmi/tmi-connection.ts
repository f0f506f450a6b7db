import { type AccessToken, type Clock, type Logger, messageOf, type Undo } from '@pertybot/core';
import { parseBadges } from '../incoming/badges.js';
import type { IrcConfig } from '../irc-config.js';
import type {
  ChatConnection,
  ConnectionEnd,
  ConnectionListener,
  Standing,
} from './chat-connection.js';
import { guardLines, installFastPath, installPlainPath, type LineHooks } from './fast-path.js';
import { GuardedListener } from './guarded-listener.js';
import { Liveness } from './liveness.js';
import { isLoginRefusal } from './login-refusal.js';
import { createTmiClient, type TmiClient } from './tmi-client.js';
import { listenToTmi } from './tmi-events.js';
import { TmiTags } from './tmi-tags.js';

/** What a {@link TmiConnection} is made of. */
export interface TmiConnectionOptions {
  readonly config: IrcConfig;
  readonly token: AccessToken;
  readonly listener: ConnectionListener;
  /** Is called for each line that made no sense. */
  readonly broken: () => void;
  readonly clock: Clock;
  readonly log: Logger;
}

/** How long a login may take, milliseconds. */
const connectTime = 15_000;
/** How long a socket may take to close, milliseconds. */
const closeTime = 2_000;

/** One connection to chat by one tmi.js client, which is never used again. */
export class TmiConnection implements ChatConnection {
  readonly opened: Promise<boolean>;
  readonly ended: Promise<ConnectionEnd>;
  private readonly client: TmiClient;
  private readonly listener: GuardedListener;
  private readonly closeSocket: () => Promise<unknown>;
  private readonly connectTimer: Undo;
  /** What each USERSTATE says; tmi.js keeps a new object for each. */
  private readonly standings = new WeakMap<object, Standing>();
  private isOpen = false;
  private over = false;
  private liveness: Liveness | undefined;
  private socketFault = '';
  private settleOpened: (opened: boolean) => void = () => {};
  private settleEnded: (end: ConnectionEnd) => void = () => {};

  constructor(private readonly options: TmiConnectionOptions) {
    const { clock, listener, log } = options;
    this.opened = new Promise((resolve) => {
      this.settleOpened = resolve;
    });
    this.ended = new Promise((resolve) => {
      this.settleEnded = resolve;
    });
    this.client = this.createClient();
    this.listener = new GuardedListener(listener, log);
    this.closeSocket = this.client.disconnect.bind(this.client);
    this.hook();
    this.connectTimer = clock.after(connectTime, () => {
      this.close({ reason: 'timeout', text: `no login within ${connectTime / 1_000} s` });
    });
    // Its events tell how this goes; the promise of tmi.js may stay pending for ever.
    this.client.connect().catch(() => {});
    this.disarmReconnect();
  }

  get lastHeard(): number | undefined {
    return this.liveness?.lastHeard;
  }

  send(line: string): boolean {
    if (this.over || this.client.readyState() !== 'OPEN') return false;
    const { ws } = this.client;
    // For each line that goes through tmi.js it starts a timer, which keeps the process alive for 600 ms.
    if (typeof ws?.send === 'function') ws.send(line);
    // It writes at once, and rejects only where the socket is not open.
    else this.client.raw(line).catch(() => {});
    return true;
  }

  standingIn(channel: string): Standing {
    const state = this.client.userstate?.[`#${channel}`];
    if (state === undefined) return 'viewer';
    let standing = this.standings.get(state);
    if (standing === undefined) {
      standing = toStanding(new TmiTags(state));
      this.standings.set(state, standing);
    }
    return standing;
  }

  close(end: ConnectionEnd): void {
    if (this.over) return;
    this.over = true;
    this.connectTimer();
    this.liveness?.stop();
    this.listener.stop();
    this.client.removeAllListeners();
    this.release(end);
    this.settleOpened(false);
    this.settleEnded(end);
  }

  private createClient(): TmiClient {
    const { config, token } = this.options;
    return createTmiClient({
      server: config.server,
      port: config.port,
      secure: config.secure,
      login: token.login,
      token: token.token,
      log: {
        info() {},
        warn: (text) => this.onTmiWarning(text),
        error: (text) => this.onTmiError(text),
      },
    });
  }

  private hook(): void {
    const { client, listener } = this;
    const hooks: LineHooks = {
      heard: () => this.liveness?.heard(),
      message: (message) => listener.message(message),
      broken: () => this.onBroken(),
      moved: () => this.move(),
      send: (line) => this.send(line),
    };
    guardLines(client, hooks);
    const install = this.options.config.fastPath ? installFastPath : installPlainPath;
    if (!install(client, hooks)) {
      this.options.log.debug('This tmi.js has no fast path; its events serve.');
    }
    const onError = client._onError;
    if (typeof onError === 'function') {
      client._onError = (event) => {
        this.socketFault = describe(event);
        onError.call(client, event);
      };
    }
    listenToTmi(client, listener, hooks.broken);
    client.on('notice', (_channel, _id, text) => this.rejectOn(text));
    client.on('connected', () => this.onConnected());
    client.on('disconnected', (reason) => this.onDisconnected(String(reason)));
  }

  /** tmi.js answers RECONNECT with these two, whatever its options say. */
  private disarmReconnect(): void {
    this.client.disconnect = () => {
      this.move();
      return Promise.resolve();
    };
    this.client.connect = () => Promise.resolve();
  }

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
    this.rejectOn(reason);
    const text = this.socketFault || reason || 'closed';
    this.close({ reason: this.isOpen ? 'lost' : 'unreachable', text });
  }

  private onBroken(): void {
    if (!this.over) this.options.broken();
  }

  private onTmiWarning(text: string): void {
    if (text.startsWith('Could not parse message with no prefix')) this.onBroken();
  }

  private onTmiError(text: unknown): void {
    // Of a refused login tmi.js tells at once here, by an event only when the socket has closed.
    this.rejectOn(text);
  }

  private rejectOn(text: unknown): void {
    if (typeof text === 'string' && isLoginRefusal(text)) this.close({ reason: 'rejected', text });
  }

  private move(): void {
    this.close({ reason: 'moved', text: 'the server asked to connect again' });
  }

  private release({ reason }: ConnectionEnd): void {
    const socket = this.client.ws;
    const terminate = () => socket?.terminate?.();
    const politely = reason === 'left' || reason === 'moved';
    const cancel = politely ? this.options.clock.after(closeTime, terminate) : () => {};
    // It rejects where the socket is closed already.
    this.closeSocket().then(cancel, cancel);
    if (!politely) terminate();
  }
}

/** What the bot's own tags in a channel make of it. */
function toStanding(tags: TmiTags): Standing {
  const badges = parseBadges(tags.get('badges') ?? '');
  const privileged = 'moderator' in badges || 'vip' in badges || 'broadcaster' in badges;
  return privileged || tags.get('mod') === '1' ? 'privileged' : 'viewer';
}

function describe(event: unknown): string {
  const hasMessage = typeof event === 'object' && event !== null && 'message' in event;
  return hasMessage ? messageOf(event.message) : '';
}
