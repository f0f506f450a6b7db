import { Clock, Inbox, inject, injectable, Logger, type Undo } from '@pertybot/core';
import { ChatError } from '../chat-error.js';
import { IrcConfig } from '../irc-config.js';
import { type ChannelSeat, createSeat, toJoinLines } from './channel-seat.js';
import { LiveConnection } from './live-connection.js';
import { joinSpan, rateLimits } from './rate-limits.js';
import { RateWindow } from './rate-window.js';

/** How long Twitch may take to answer a JOIN, milliseconds. */
const answerTime = 4_000;
/** First and longest pause before a failed channel is tried again, milliseconds. */
const firstRetry = 30_000;
const longestRetry = 600_000;

/** What a ROOMSTATE tells beside the settings. */
export interface RoomNews {
  readonly roomId: string | undefined;
  /** Whether it bears all settings, as it does after a join. */
  readonly whole: boolean;
}

/** Keeps the bot in the channels that it should sit in. */
@injectable()
export class ChannelJoiner {
  private readonly seats = new Map<string, ChannelSeat>();
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
    for (const channel of config.channels) this.seats.set(channel, createSeat(channel));
  }

  /** All channels that the bot should sit in, and how it stands with each. */
  get all(): readonly Readonly<ChannelSeat>[] {
    return [...this.seats.values()];
  }

  /** Logins of the channels that the bot sits in. */
  get joined(): readonly string[] {
    return this.all.filter((seat) => seat.state === 'in').map((seat) => seat.channel);
  }

  /** How the bot stands with `channel`; undefined for one that it should not sit in. */
  seat(channel: string): Readonly<ChannelSeat> | undefined {
    return this.seats.get(channel);
  }

  /** Whether the bot sits in the channel with this id. */
  sitsInRoom(roomId: string): boolean {
    for (const seat of this.seats.values()) {
      if (seat.state === 'in' && seat.roomId === roomId) return true;
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
    for (const seat of this.seats.values()) restart(seat);
    this.pump();
  }

  /** Forgets the joins of a connection that ended. */
  end(): void {
    this.active = false;
    this.leaving.clear();
    this.timer();
    for (const seat of this.seats.values()) restart(seat);
  }

  /** Joins and leaves channels until `channels` are those that the bot sits in. */
  want(channels: readonly string[]): void {
    for (const channel of this.seats.keys()) if (!channels.includes(channel)) this.leave(channel);
    for (const channel of channels) {
      if (!this.seats.has(channel)) this.seats.set(channel, createSeat(channel));
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
    const seat = this.seats.get(channel);
    if (!seat || seat.state === 'in') return;
    // An answer may come late, but what merely changed says nothing of a bot that is banned.
    if (seat.state === 'out' && !room.whole) return;
    seat.state = 'in';
    seat.roomId = room.roomId;
    seat.attempts = 0;
    seat.problem = undefined;
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
    const seat = this.seats.get(channel);
    if (!seat) return;
    const news = seat.problem !== reason || seat.state === 'in';
    seat.problem = reason;
    // Each text that was on its way brings the same answer: it is one refusal.
    if (seat.state !== 'out' || seat.attempts === 0) this.putOff(seat);
    if (news) this.report(channel, reason, remedy);
    this.pump();
  }

  private putOff(seat: ChannelSeat): void {
    seat.attempts++;
    seat.state = 'out';
    seat.due = this.clock.now() + Math.min(longestRetry, firstRetry * 2 ** (seat.attempts - 1));
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
    const seat = this.seats.get(channel);
    this.seats.delete(channel);
    if (this.active && seat?.state !== 'out') this.connection.send(`PART #${channel}`);
    if (seat?.state !== 'in') return;
    this.leaving.add(channel);
    this.inbox.emit('part', { channel, reason: 'no longer wanted' });
  }

  private pump(): void {
    this.timer();
    if (!this.active) return;
    const now = this.clock.now();
    for (const seat of this.seats.values()) {
      if (seat.state === 'joining' && seat.due <= now) this.giveUp(seat);
    }
    const due = this.all.filter((seat) => seat.state === 'out' && seat.due <= now);
    const taken = due.slice(0, Math.max(0, this.limit - this.window.count));
    this.window.add(taken.length);
    for (const line of toJoinLines(taken)) this.connection.send(line);
    for (const { channel } of taken) this.expectAnswer(channel, now + answerTime);
    this.schedule(due.length > taken.length ? this.window.waitFor(this.limit) : Infinity);
    this.settle();
  }

  private expectAnswer(channel: string, due: number): void {
    const seat = this.seats.get(channel);
    if (!seat) return;
    seat.state = 'joining';
    seat.due = due;
  }

  private giveUp(seat: ChannelSeat): void {
    seat.state = 'out';
    if (seat.attempts === 0) {
      // It went out in a list of channels; alone it may do.
      seat.attempts = 1;
      seat.due = 0;
      return;
    }
    const reason = 'Twitch does not answer; does the channel exist?';
    const news = seat.problem === undefined;
    seat.problem = reason;
    seat.due = this.clock.now() + Math.min(longestRetry, firstRetry * 2 ** (seat.attempts - 1));
    seat.attempts++;
    if (news) this.report(seat.channel, reason);
  }

  private schedule(rateWait: number): void {
    const now = this.clock.now();
    let wait = rateWait;
    for (const seat of this.seats.values()) {
      // Those that are due now wait for the rate limit alone.
      if (seat.state !== 'in' && seat.due > now) wait = Math.min(wait, seat.due - now);
    }
    if (wait !== Infinity) this.timer = this.clock.after(wait, () => this.pump());
  }

  private settle(): void {
    const open = this.all.some((seat) => seat.state !== 'in' && seat.problem === undefined);
    if (!open || !this.active) for (const resolve of this.waiters.splice(0)) resolve();
  }
}

function restart(seat: ChannelSeat): void {
  seat.state = 'out';
  seat.due = 0;
  seat.attempts = 0;
}
