import {
  type AccessToken,
  type Account,
  Backoff,
  messageOf,
  sleep,
  type Undo,
} from '@pertybot/core';
import { Connection } from './connection.js';
import type { Frame } from './frame.js';
import type { AccountSessionOptions, SessionState } from './session-options.js';
import type { SocketEnd } from './socket-end.js';
import { Subscriptions } from './subscriptions.js';
import type { WantedSubscription } from './wanted-subscription.js';

/** How long a connection must hold until earlier failures are forgotten, milliseconds. */
const stableTime = 60_000;

/** One connection to EventSub for one account, which Twitch wants: its life, its subscriptions, its returns. */
export class AccountSession {
  state: SessionState = 'idle';
  /** Why there is no connection, where there is none that should be. */
  problem: string | undefined;
  /** Since when somebody is waited for to log in, by the clock. */
  waitsSince: number | undefined;
  readonly subscriptions: Subscriptions;
  private readonly stopping = new AbortController();
  private readonly backoff = new Backoff();
  private connection: Connection | undefined;
  private readonly loop: Promise<void>;
  private readonly unwatch: Undo;
  private token: AccessToken | undefined;
  private wake: () => void = () => {};
  /** Why the connection is closed, where it is not by wish. */
  private loss: string | undefined;
  private wasLive = false;
  private lostAt: number | undefined;
  private told: string | undefined;

  constructor(private readonly options: AccountSessionOptions) {
    const { account, api, clock, log, tokens } = options;
    this.subscriptions = new Subscriptions({
      ...{ account, api, clock, log },
      idOf: (channel, signal) => this.idOf(channel, signal),
      changed: () => this.onChanged(),
      died: () => {
        this.loss = 'Twitch knows the session no more';
        this.closeAll();
      },
    });
    this.unwatch = tokens.onChange((token) => this.use(token), account);
    this.loop = this.run();
  }

  get account(): Account {
    return this.options.account;
  }

  /** Whether the account is logged in. */
  get hasLogin(): boolean {
    return this.token !== undefined;
  }

  /** Takes what is wanted from now on. */
  want(list: readonly WantedSubscription[]): void {
    this.subscriptions.want(list);
    if (list.length === 0) this.closeAll();
    this.wake();
  }

  /** Ends for good. Resolves when the connections are closed on our side. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.unwatch();
    this.closeAll();
    this.wake();
    await this.connection?.gone();
    await this.loop;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        await this.round(signal);
      } catch (error) {
        if (signal.aborted) return;
        const text = `EventSub failed unforeseen: ${messageOf(error)}`;
        // Else the plugin stops, of which its tokens know a moment before.
        const isStop = error instanceof DOMException && error.name === 'AbortError';
        if (!isStop) this.options.log.error(text, { error });
        await this.pause();
      }
    }
  }

  private async round(signal: AbortSignal): Promise<void> {
    if (!this.subscriptions.hasWork) {
      this.enter('idle');
      return this.change();
    }
    const token = await this.login(signal);
    this.use(token);
    if (!this.subscriptions.hasWork) return;
    const end = await this.sit();
    this.subscriptions.end();
    const text = this.loss ?? end.text;
    if (signal.aborted || (end.isOurs && this.loss === undefined)) {
      this.wasLive = false;
      this.lostAt = undefined;
      return;
    }
    this.report({ ...end, text });
    this.enter('waiting', text);
    // Whatever it was that we sent, sending it more often does not help.
    await this.pause(end.code === 4001 ? stableTime : 0);
  }

  /** The token of the account; waits while nobody is logged in. */
  private async login(signal: AbortSignal): Promise<AccessToken> {
    const { tokens, account, clock } = this.options;
    if (this.token === undefined) this.waitsSince ??= clock.now();
    this.enter('login');
    try {
      return await tokens.get({ ...account, signal });
    } finally {
      this.waitsSince = undefined;
    }
  }

  /** Connects once, and stays until the connection is lost. */
  private async sit(): Promise<SocketEnd> {
    const { url, clock, webSocket } = this.options;
    this.enter('connecting');
    this.loss = undefined;
    const connection = new Connection({
      ...{ url, clock, webSocket },
      hear: (frame) => this.hear(frame),
      moving: (sessionId) => this.onMoving(sessionId),
    });
    this.connection = connection;
    const sessionId = await connection.welcomed();
    if (sessionId === undefined) return connection.ended();
    const stable = clock.after(stableTime, () => this.backoff.reset());
    this.enter('subscribing');
    this.subscriptions.begin(sessionId);
    const end = await connection.ended();
    stable();
    if (this.wasLive) this.lostAt ??= connection.heardAt;
    return end;
  }

  private onMoving(sessionId: string | undefined): void {
    if (sessionId === undefined) {
      this.enter('moving');
      return;
    }
    this.subscriptions.move(sessionId);
    this.enter(this.wasLive && this.lostAt === undefined ? 'live' : 'subscribing');
    this.onChanged();
  }

  private hear(frame: Frame): void {
    switch (frame.kind) {
      case 'notification': {
        const { notification } = frame;
        this.options.hear(notification, this.subscriptions.find(notification.subscription));
        return;
      }
      case 'revocation':
        if (this.subscriptions.revoke(frame.subscription) && this.token !== undefined) {
          // Whether the login is dead, and what then, is for whoever keeps it.
          void this.options.tokens.invalidate(this.token.token);
        }
        return;
      case 'unknown':
        this.options.log.debug(`EventSub sent a "${frame.type}", which is not known.`);
        return;
      case 'malformed':
        this.options.log.debug('EventSub sent something that makes no sense.');
    }
  }

  private use(token: AccessToken | undefined): void {
    const isOther =
      token !== undefined && this.token !== undefined && token.userId !== this.token.userId;
    const isSame = token?.token === this.token?.token;
    this.token = token;
    if (isSame) return;
    this.subscriptions.use(token);
    // Twitch takes subscriptions of one account alone over one connection.
    if (isOther) this.closeAll();
    this.wake();
  }

  private async idOf(channel: string, signal: AbortSignal): Promise<string> {
    const { account, ids } = this.options;
    if (account.account === 'broadcaster' && this.token?.login === channel)
      return this.token.userId;
    return ids.find(channel, account, signal);
  }

  private onChanged(): void {
    if (this.subscriptions.isSettled) this.tellLive();
    this.options.changed();
  }

  private tellLive(): void {
    const { all, again } = this.subscriptions;
    if (this.state === 'subscribing') {
      this.enter('live');
      const gap = this.lostAt === undefined ? undefined : this.options.clock.now() - this.lostAt;
      this.lostAt = this.told = undefined;
      this.wasLive = true;
      this.options.live([...new Set(all.map(({ wanted }) => wanted.channel))], gap);
    } else if (this.state === 'live' && again.size > 0) this.options.live([...again], undefined);
    again.clear();
  }

  private enter(state: SessionState, problem?: string): void {
    this.state = state;
    if (problem !== undefined || state === 'live' || state === 'idle') this.problem = problem;
    this.options.changed();
  }

  private closeAll(): void {
    this.connection?.close();
  }

  /** What goes on and on is told once. */
  private report({ code, text }: SocketEnd): void {
    const { log } = this.options;
    const level = this.told === text ? 'debug' : code === 4001 ? 'error' : 'warn';
    this.told = text;
    log[level](`The connection to EventSub is lost: ${text}.`, {
      hint: 'The bot connects again by itself; if it happens often, check the network.',
    });
  }

  private async pause(atLeast = 0): Promise<void> {
    const delay = this.backoff.next(atLeast);
    await sleep(this.options.clock, delay, this.stopping.signal).catch(() => {});
  }

  private change(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }
}
