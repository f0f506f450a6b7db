import {
  AccessTokens,
  type Account,
  Chat,
  Clock,
  Inbox,
  inject,
  injectable,
  Logger,
  messageOf,
  type Undo,
} from '@pertybot/core';
import type WebSocket from 'ws';
import { Translator } from '../events/translator.js';
import { EventSubConfig } from '../eventsub-config.js';
import type { EventGap } from '../eventsub-health.js';
import { HelixApi } from '../helix/helix-api.js';
import { AccountSession } from './account-session.js';
import { ChannelIds } from './channel-ids.js';
import { LoadWebSocket } from './event-socket.js';
import { EventSubLife } from './event-sub-life.js';
import type { Notification } from './frame.js';
import { MessageRing } from './message-ring.js';
import type { WantedSubscription } from './wanted-subscription.js';
import { Wants } from './wants.js';

/** How long nobody must begin to listen until it is acted on, milliseconds: at the start many do, one by one. */
const quietTime = 250;
/** How long what needs no login of the broadcaster waits for it all the same, milliseconds. */
const loginPatience = 3_000;
/** Pause before what connects is loaded again that could not be, milliseconds. */
const loadPause = 5_000;

/** Brings to the bot what plugins listen to: decides what is wanted of which account, and keeps a session for each. */
@injectable()
export class EventSub {
  /** The last time in which nothing came. */
  lastGap: EventGap | undefined;
  /** Messages that came twice. */
  duplicates = 0;
  private readonly sessions = new Map<string, AccountSession>();
  private readonly brought = new Map<string, Undo>();
  private readonly ring = new MessageRing();
  private readonly undos: Undo[] = [];
  private cancelPlan: Undo = () => {};
  /** Of sessions that wait for a login. */
  private readonly patience = new Map<AccountSession, Undo>();
  private isStopped = false;
  private webSocket: typeof WebSocket | undefined;

  constructor(
    @inject(AccessTokens) private readonly tokens: AccessTokens,
    @inject(Chat) private readonly chat: Chat,
    @inject(Inbox) private readonly inbox: Inbox,
    @inject(EventSubConfig) private readonly config: EventSubConfig,
    @inject(Clock) private readonly clock: Clock,
    @inject(Logger) private readonly log: Logger,
    private readonly api: HelixApi,
    private readonly ids: ChannelIds,
    private readonly wants: Wants,
    private readonly translator: Translator,
    private readonly life: EventSubLife,
    @inject(LoadWebSocket) private readonly load: LoadWebSocket,
  ) {}

  /** All sessions. */
  get all(): readonly AccountSession[] {
    return [...this.sessions.values()];
  }

  /** Begins; all goes on in the background. */
  start(): void {
    this.undos.push(this.wants.onChange(() => this.planSoon()));
    this.planSoon();
  }

  /** Looks again at what is wanted, such as after the bot has gone to another channel. */
  planSoon(): void {
    this.cancelPlan();
    if (!this.isStopped) this.cancelPlan = this.clock.after(quietTime, () => this.plan());
  }

  /** Loads what connects, with the first that somebody wants, and plans then. */
  private async loadAndPlan(): Promise<void> {
    try {
      this.webSocket = (await this.load()).WebSocket;
    } catch (error) {
      if (this.isStopped) return;
      const seconds = loadPause / 1_000;
      this.log.warn(
        `No event comes yet: what connects could not be loaded: ${messageOf(error)}. It is tried again in ${seconds} s.`,
      );
      this.cancelPlan();
      this.cancelPlan = this.clock.after(loadPause, () => this.plan());
      return;
    }
    if (!this.isStopped) this.plan();
  }

  /** Ends all sessions; each sends its close frame. */
  async stop(): Promise<void> {
    this.isStopped = true;
    this.cancelPlan();
    for (const undo of [...this.undos, ...this.patience.values(), ...this.brought.values()]) undo();
    await Promise.all(this.all.map((session) => session.stop()));
  }

  private plan(): void {
    const { types } = this.wants;
    if (this.webSocket === undefined) {
      if (types.length > 0) void this.loadAndPlan();
      return;
    }
    const channels = this.config.channels ?? this.chat.channels;
    const scoped = types.filter(({ scopes }) => scopes.length > 0);
    const free = types.filter(({ scopes }) => scopes.length === 0);
    const byBot: WantedSubscription[] = [];
    const byOwner = new Map<string, readonly WantedSubscription[]>();
    for (const channel of channels) {
      // Who must log in anyway brings all; until then the bot's account does what it can.
      const isOwners = scoped.length > 0 && !this.isAwaited(channel);
      const own = [...scoped, ...(isOwners ? free : [])];
      if (own.length > 0)
        byOwner.set(
          channel,
          own.map((type) => ({ type, channel })),
        );
      if (!isOwners) byBot.push(...free.map((type) => ({ type, channel })));
    }
    this.want({ account: 'bot' }, byBot);
    for (const channel of new Set([...channels, ...this.ownersOf()])) {
      this.want({ account: 'broadcaster', channel }, byOwner.get(channel) ?? []);
    }
  }

  /** Whether a broadcaster has let the bot wait for the login. */
  private isAwaited(channel: string): boolean {
    const since = this.sessions.get(`broadcaster ${channel}`)?.waitsSince;
    return since !== undefined && this.clock.now() - since >= loginPatience;
  }

  private ownersOf(): readonly string[] {
    return this.all.flatMap(({ account }) => (account.account === 'bot' ? [] : [account.channel]));
  }

  private want(account: Account, list: readonly WantedSubscription[]): void {
    const key = account.account === 'bot' ? 'bot' : `broadcaster ${account.channel}`;
    const known = this.sessions.get(key);
    const { webSocket } = this;
    if (webSocket === undefined || (known === undefined && list.length === 0)) return;
    const session = known ?? this.open(account, webSocket);
    this.sessions.set(key, session);
    session.want(list);
  }

  private open(account: Account, webSocket: typeof WebSocket): AccountSession {
    const { tokens, api, ids, clock, log, config, life } = this;
    const session: AccountSession = new AccountSession({
      ...{ account, tokens, api, ids, clock, log, webSocket, url: config.eventsubUrl },
      hear: (notification, wanted) => this.hear(notification, wanted),
      // Later: its constructor tells already.
      changed: () => queueMicrotask(() => this.onChanged(session)),
      live: (channels, gap) => {
        if (gap !== undefined) this.noteGap(channels, gap);
        for (const channel of channels) life.tell({ channel, gap });
      },
    });
    return session;
  }

  private onChanged(session: AccountSession): void {
    if (this.isStopped) return;
    this.bring();
    const waiting = this.patience.get(session);
    const isAwaited = session.waitsSince !== undefined;
    if (isAwaited && waiting === undefined) {
      this.patience.set(
        session,
        this.clock.after(loginPatience, () => this.onAwaited(session)),
      );
    } else if (!isAwaited && waiting !== undefined) {
      waiting();
      this.patience.delete(session);
      this.planSoon();
    }
  }

  private onAwaited({ account, subscriptions }: AccountSession): void {
    if (account.account === 'broadcaster') {
      const scoped = subscriptions.all.filter(({ wanted }) => wanted.type.scopes.length > 0);
      const events = [...new Set(scoped.map(({ wanted }) => wanted.type.event))];
      const what = events.map((event) => `"${event}"`).join(', ');
      this.log.warn(`"${account.channel}" must log in for ${what}; all else goes on.`, {
        hint: `Run: pertybot login --broadcaster --channel ${account.channel}`,
      });
    }
    this.plan();
  }

  private hear(notification: Notification, wanted: WantedSubscription | undefined): void {
    const { messageId, subscription, events } = notification;
    if (this.ring.isRepeated(messageId)) {
      this.duplicates += 1;
      return;
    }
    const { type, version } = subscription;
    // What nobody wants any more is left; what nobody knows is handed on.
    if (wanted === undefined && this.translator.knows(type)) return;
    for (const data of events) {
      const channel = wanted?.channel ?? this.translator.channelOf(data);
      this.translator.tell({ channel, type, version, data });
    }
  }

  /** While redemptions come here, chat leaves them to us. */
  private bring(): void {
    const now = new Set(
      this.all
        .flatMap(({ subscriptions }) => subscriptions.all)
        .filter(({ wanted, id }) => wanted.type.event === 'redeem' && id !== undefined)
        .map(({ wanted }) => wanted.channel),
    );
    for (const channel of now) {
      if (this.brought.has(channel)) continue;
      this.brought.set(channel, this.inbox.brings('redeem', channel));
    }
    for (const [channel, undo] of this.brought) {
      if (now.has(channel)) continue;
      undo();
      this.brought.delete(channel);
    }
  }

  private noteGap(channels: readonly string[], duration: number): void {
    this.lastGap = { channels, duration, endedAt: this.clock.date().getTime() };
    const seconds = Math.max(1, Math.round(duration / 1_000));
    const names = channels.map((channel) => `"${channel}"`).join(', ');
    this.log.warn(
      `What happened on ${names} in ${seconds} s is lost: Twitch tells nothing twice.`,
      {
        hint: 'Nothing to do; if it happens often, check the network.',
      },
    );
  }
}
