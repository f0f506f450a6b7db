import { Clock, Inbox, inject, injectable, Logger, type Undo } from '@pertybot/core';
import { ChatError } from '../chat-error.js';
import { IrcConfig } from '../irc-config.js';
import { LiveConnection } from './live-connection.js';
import { createMembership, type Membership, restart, toJoinLines } from './membership.js';
import { joinSpan, RateWindow, rateLimits } from './rate-limits.js';

/** How long Twitch may take to answer a JOIN, milliseconds. */
const answerTime = 4_000;

/** What a ROOMSTATE tells beside the settings. */
export interface RoomNews {
  readonly roomId: string | undefined;
  /** Whether it bears all settings, as it does after a join. */
  readonly whole: boolean;
}

/** Keeps the bot in the channels that it should sit in. */
@injectable()
export class ChannelJoiner {
  private readonly memberships = new Map<string, Membership>();
  private readonly window: RateWindow;
  private readonly limit: number;
  private readonly waiters: (() => void)[] = [];
  /** Channels that the bot said goodbye to, until Twitch answers. */
  private readonly leaving = new Set<string>();
  private active = false;
  private timer: Undo = () => {};
  private onJoined: () => void = () => {};

  constructor(
    @inject(IrcConfig) config: IrcConfig,
    @inject(LiveConnection) private readonly connection: LiveConnection,
    @inject(Inbox) private readonly inbox: Inbox,
    @inject(Clock) private readonly clock: Clock,
    @inject(Logger) private readonly log: Logger,
  ) {
    this.limit = rateLimits[config.limits].joins;
    this.window = new RateWindow(clock, joinSpan);
    for (const channel of config.channels) this.memberships.set(channel, createMembership(channel));
  }

  /** All channels that the bot should sit in, and how it stands with each. */
  get all(): readonly Readonly<Membership>[] {
    return [...this.memberships.values()];
  }

  /** Logins of the channels that the bot sits in. */
  get joined(): readonly string[] {
    return this.all
      .filter((membership) => membership.state === 'in')
      .map((membership) => membership.channel);
  }

  /** How the bot stands with `channel`; undefined for one that it should not sit in. */
  membership(channel: string): Readonly<Membership> | undefined {
    return this.memberships.get(channel);
  }

  /** Whether the bot sits in the channel with this id. */
  sitsInRoom(roomId: string): boolean {
    for (const membership of this.memberships.values()) {
      if (membership.state === 'in' && membership.roomId === roomId) return true;
    }
    return false;
  }

  /**
   * Joins all channels on a new connection.
   * @param onJoined is called whenever the bot has joined one
   */
  begin(onJoined: () => void = () => {}): void {
    this.active = true;
    this.onJoined = onJoined;
    for (const membership of this.memberships.values()) restart(membership);
    this.pump();
  }

  /** Forgets the joins of a connection that ended. */
  end(): void {
    this.active = false;
    this.leaving.clear();
    this.timer();
    for (const membership of this.memberships.values()) restart(membership);
  }

  /** Joins and leaves channels until `channels` are those that the bot sits in. */
  want(channels: readonly string[]): void {
    for (const channel of this.memberships.keys())
      if (!channels.includes(channel)) this.leave(channel);
    for (const channel of channels) {
      if (!this.memberships.has(channel)) this.memberships.set(channel, createMembership(channel));
    }
    this.pump();
  }

  /** Resolves when each channel is joined, or was reported as not to be joined. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      this.waiters.push(resolve);
      this.settle();
    });
  }

  /** Twitch told how the room is set, as it does after a join. */
  confirm(channel: string, room: RoomNews): void {
    const membership = this.memberships.get(channel);
    if (!membership || membership.state === 'in') return;
    // An answer may come late, but what merely changed says nothing of a bot that is banned.
    if (membership.state === 'out' && !room.whole) return;
    membership.state = 'in';
    membership.roomId = room.roomId;
    membership.attempts = 0;
    membership.backoff.reset();
    membership.problem = undefined;
    this.leaving.delete(channel);
    this.log.info(`The bot sits in "${channel}".`);
    this.inbox.emit('join', { channel });
    this.onJoined();
    this.pump();
  }

  /** The bot is no longer in `channel`. */
  parted(channel: string): void {
    // The answer to a PART of ours may come when the channel is wanted again.
    if (this.leaving.delete(channel)) return;
    this.refuse(channel, 'Twitch took the bot out of the channel.');
  }

  /**
   * Twitch did not let the bot in, or no longer does.
   * @param remedy what the owner should do, one sentence
   */
  refuse(channel: string, reason: string, remedy?: string): void {
    const membership = this.memberships.get(channel);
    if (!membership) return;
    const news = membership.problem !== reason || membership.state === 'in';
    membership.problem = reason;
    // Each text that was on its way brings the same answer: it is one refusal.
    if (membership.state !== 'out' || membership.attempts === 0) this.putOff(membership);
    if (news) this.report(channel, reason, remedy);
    this.pump();
  }

  private putOff(membership: Membership): void {
    membership.attempts++;
    membership.state = 'out';
    membership.due = this.clock.now() + membership.backoff.next();
  }

  private report(channel: string, reason: string, remedy?: string): void {
    const { message, code, hint } = new ChatError(
      'CHAT_JOIN_FAILED',
      `The bot cannot sit in "${channel}": ${reason}`,
      {
        hint: remedy ?? 'Check the name under "channels", and that the bot is not banned there.',
      },
    );
    this.log.warn(message, { code, hint });
    this.inbox.emit('part', { channel, reason });
  }

  private leave(channel: string): void {
    const membership = this.memberships.get(channel);
    this.memberships.delete(channel);
    if (this.active && membership?.state !== 'out') this.connection.send(`PART #${channel}`);
    if (membership?.state === 'in') this.leaving.add(channel);
    // Also where chat is away just now: whoever serves the channel must hear of it.
    else if (membership?.roomId === undefined) return;
    this.inbox.emit('part', { channel, reason: 'no longer wanted' });
  }

  private pump(): void {
    this.timer();
    if (!this.active) return;
    const now = this.clock.now();
    for (const membership of this.memberships.values()) {
      if (membership.state === 'joining' && membership.due <= now) this.giveUp(membership);
    }
    const due = this.all.filter(
      (membership) => membership.state === 'out' && membership.due <= now,
    );
    const taken = due.slice(0, Math.max(0, this.limit - this.window.count));
    this.window.add(taken.length);
    for (const line of toJoinLines(taken)) this.connection.send(line);
    for (const { channel } of taken) this.expectAnswer(channel, now + answerTime);
    this.schedule(due.length > taken.length ? this.window.waitFor(this.limit) : Infinity);
    this.settle();
  }

  private expectAnswer(channel: string, due: number): void {
    const membership = this.memberships.get(channel);
    if (!membership) return;
    membership.state = 'joining';
    membership.due = due;
  }

  private giveUp(membership: Membership): void {
    if (membership.attempts === 0) {
      // It went out in a list of channels; alone it may do.
      membership.attempts = 1;
      membership.state = 'out';
      membership.due = 0;
      return;
    }
    const reason = 'Twitch does not answer; does the channel exist?';
    const news = membership.problem === undefined;
    membership.problem = reason;
    this.putOff(membership);
    if (news) this.report(membership.channel, reason);
  }

  private schedule(rateWait: number): void {
    const now = this.clock.now();
    let wait = rateWait;
    for (const membership of this.memberships.values()) {
      // Those that are due now wait for the rate limit alone.
      if (membership.state !== 'in' && membership.due > now)
        wait = Math.min(wait, membership.due - now);
    }
    if (wait !== Infinity) this.timer = this.clock.after(wait, () => this.pump());
  }

  private settle(): void {
    const open = this.all.some(
      (membership) => membership.state !== 'in' && membership.problem === undefined,
    );
    if (!open || !this.active) for (const resolve of this.waiters.splice(0)) resolve();
  }
}
