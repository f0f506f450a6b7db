import {
  type AccessToken,
  Backoff,
  Clock,
  Inbox,
  inject,
  injectable,
  Logger,
  sleep,
  type Undo,
} from '@pertybot/core';
import { toChatError, toLoginRejected } from './chat-error.js';
import { ChatLogin } from './chat-login.js';
import { IncomingMessages, LineCounts } from './incoming/incoming-messages.js';
import { NoticeHandler } from './incoming/notice-handler.js';
import { RoomStates } from './incoming/room-states.js';
import { UserNotices } from './incoming/user-notices.js';
import { IrcConfig } from './irc-config.js';
import { ChannelJoiner } from './outgoing/channel-joiner.js';
import { LiveConnection } from './outgoing/live-connection.js';
import { SendQueue } from './outgoing/send-queue.js';
import type { ChatConnection, ConnectionEnd, IncomingLine } from './tmi/chat-connection.js';
import { TmiConnection } from './tmi/tmi-connection.js';

/** How long Twitch must stand by a login until earlier refusals are forgotten, milliseconds. */
const stableTime = 60_000;
/** How long `start` waits for chat once there is a token, milliseconds. */
const startTime = 15_000;

/** How often it is told when Twitch was heard last, milliseconds. */
const lifeInterval = 900;
/** By how much it may be late, milliseconds. */
const lifeSlack = 200;

/** Keeps the bot in chat: connects, joins, and connects again, until it is stopped. */
@injectable()
export class ChatSession {
  private readonly stopping = new AbortController();
  private readonly backoff = new Backoff({ first: 2_000 });
  private connection: ChatConnection | undefined;
  private loop: Promise<void> = Promise.resolve();
  private lastReported: string | undefined;
  private isSettled: () => void = () => {};
  private startTimer: Undo = () => {};
  private stableTimer: Undo = () => {};
  private lifeTimer: Undo = () => {};
  private lastHeard: number | undefined;

  constructor(
    @inject(ChatLogin) private readonly login: ChatLogin,
    @inject(LiveConnection) private readonly live: LiveConnection,
    @inject(ChannelJoiner) private readonly joiner: ChannelJoiner,
    @inject(IncomingMessages) private readonly messages: IncomingMessages,
    @inject(UserNotices) private readonly userNotices: UserNotices,
    @inject(NoticeHandler) private readonly notices: NoticeHandler,
    @inject(RoomStates) private readonly roomStates: RoomStates,
    @inject(LineCounts) private readonly counts: LineCounts,
    @inject(IrcConfig) private readonly config: IrcConfig,
    @inject(SendQueue) private readonly queue: SendQueue,
    @inject(Inbox) private readonly inbox: Inbox,
    @inject(Clock) private readonly clock: Clock,
    @inject(Logger) private readonly log: Logger,
  ) {}

  /**
   * Begins. Resolves when the bot sits in its channels, or it is reported why not; after 15 s with
   * a token it goes on in the background.
   */
  async start(): Promise<void> {
    const settled = new Promise<void>((resolve) => {
      this.isSettled = resolve;
    });
    this.login.watch((reason) => this.connection?.close({ reason: 'left', text: reason }));
    this.tellLife();
    this.loop = this.run();
    await settled;
    this.startTimer();
  }

  /** Leaves chat. Resolves when the connection is closed on our side. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.lifeTimer();
    this.login.unwatch();
    this.queue.close('the bot stops');
    this.connection?.close({ reason: 'left', text: 'the bot stops' });
    this.isSettled();
    await this.loop;
  }

  private tellLife(): void {
    this.lastHeard = this.connection?.lastHeard ?? this.lastHeard;
    this.inbox.emit('chatLife', { lastHeard: this.lastHeard });
    this.lifeTimer = this.clock.after(lifeInterval, () => this.tellLife(), lifeSlack);
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    let first = true;
    while (!signal.aborted) {
      try {
        const token = await this.login.token(signal);
        // The bot may have been stopped since the token was given.
        signal.throwIfAborted();
        if (first) this.startTimer = this.clock.after(startTime, () => this.isSettled());
        first = false;
        await this.pauseAfter(await this.sit(token), token);
      } catch (error) {
        if (signal.aborted) return;
        this.log.error('The chat connection failed in a way that was not foreseen.', {
          error,
          hint: 'The bot tries again by itself; if it goes on, report what the log says.',
        });
        await this.pause();
      }
    }
  }

  /** Connects once, and stays until that connection ends. */
  private async sit(token: AccessToken): Promise<ConnectionEnd> {
    const connection = this.connect(token);
    this.connection = connection;
    this.messages.begin(token.login);
    const opened = await connection.opened;
    if (opened) this.enter(connection, token);
    const end = await connection.ended;
    this.lastHeard = connection.lastHeard ?? this.lastHeard;
    this.connection = undefined;
    if (opened) this.leave(end);
    return end;
  }

  private connect(token: AccessToken): ChatConnection {
    const { config, clock, log, counts } = this;
    const hear = (line: IncomingLine) => this.hear(line);
    const broken = () => {
      counts.malformedLines++;
    };
    return new TmiConnection({ config, token, hear, broken, clock, log });
  }

  /** Takes what the connection brings to whom it concerns. */
  private hear(line: IncomingLine): void {
    switch (line.kind) {
      case 'message':
        this.messages.take(line, this.connection?.lastHeard);
        break;
      case 'userNotice':
        this.userNotices.take(line);
        break;
      case 'notice':
        this.notices.take(line);
        break;
      case 'roomState':
        this.roomStates.take(line);
        break;
      case 'moderation':
        this.inbox.emit('moderation', line.event);
        break;
      case 'parted':
        this.joiner.parted(line.channel);
    }
  }

  private enter(connection: ChatConnection, { login }: AccessToken): void {
    this.stableTimer = this.clock.after(stableTime, () => {
      this.backoff.reset();
      this.login.trusted();
    });
    this.login.accepted();
    this.lastReported = undefined;
    this.log.info(`Connected to chat as "${login}".`);
    this.live.use(connection);
    this.inbox.emit('connected', {});
    this.joiner.begin(() => this.backoff.reset());
    void this.joiner.settled().then(() => this.isSettled());
  }

  private leave({ text }: ConnectionEnd): void {
    this.stableTimer();
    this.live.drop();
    this.joiner.end();
    this.inbox.emit('disconnected', { reason: text });
  }

  private async pauseAfter(end: ConnectionEnd, token: AccessToken): Promise<void> {
    const { signal } = this.stopping;
    if (signal.aborted) return;
    if (end.reason !== 'rejected') {
      this.report(end);
      if (end.reason !== 'left') await this.pause();
      return;
    }
    const delay = await this.login.rejected(token);
    this.reportRefusal(end, delay);
    // Rejects only when the session is stopped, which the loop asks for itself.
    if (delay > 0) await this.login.rest(delay, signal).catch(() => {});
  }

  private async pause(): Promise<void> {
    await sleep(this.clock, this.backoff.next(), this.stopping.signal).catch(() => {});
  }

  /** A fault that comes again and again is told once. */
  private report(end: ConnectionEnd): void {
    const error = toChatError(end);
    if (error === undefined) {
      this.log.info(`The chat connection ends: ${end.text}.`);
      return;
    }
    const level = this.lastReported === error.code ? 'debug' : 'warn';
    this.log[level](error.message, { code: error.code, hint: error.hint });
    this.lastReported = error.code;
  }

  /** The first refusal is told, since it may be mended at once, and the first after which the bot rests. */
  private reportRefusal({ text }: ConnectionEnd, delay: number): void {
    const { message, code, hint } = toLoginRejected(text, delay);
    const topic = delay > 0 ? `${code} again` : code;
    const level = this.lastReported === topic ? 'debug' : 'warn';
    const when = delay > 0 ? { retryInSeconds: Math.round(delay / 1_000) } : {};
    this.log[level](message, { code, hint, ...when });
    this.lastReported = topic;
  }
}
