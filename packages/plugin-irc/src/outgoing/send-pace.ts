import { Clock, inject, injectable } from '@pertybot/core';
import { IrcConfig } from '../irc-config.js';
import type { Standing } from '../tmi/chat-connection.js';
import { channelGap, messageSpan, type RateLimits, RateWindow, rateLimits } from './rate-limits.js';

/**
 * Longest time between two messages that have nothing but Twitch's limit before them, milliseconds. The last
 * messages of each span are kept for this pace: whoever asks after a flood is answered soon.
 */
const longestGap = 1_900;

/** Knows when the next message may go out. */
@injectable()
export class SendPace {
  private readonly limits: RateLimits;
  private readonly window: RateWindow;
  private readonly lastSent = new Map<string, number>();
  private readonly gaps = new Map<string, number>();
  private latest = Number.NEGATIVE_INFINITY;
  private heldUntil = Number.NEGATIVE_INFINITY;

  constructor(
    @inject(IrcConfig) config: IrcConfig,
    @inject(Clock) private readonly clock: Clock,
  ) {
    this.limits = rateLimits[config.limits];
    this.window = new RateWindow(clock, messageSpan);
  }

  /** Sets the seconds between two messages of an ordinary viewer; 0 is none. */
  setSlow(channel: string, seconds: number): void {
    this.gaps.set(channel, Math.max(channelGap, seconds * 1_000 + 50));
  }

  /** Lets nothing out for so many milliseconds. */
  hold(milliseconds: number): void {
    this.heldUntil = this.clock.now() + milliseconds;
  }

  /** Notes that a message went out. */
  note(channel: string): void {
    this.latest = this.window.add();
    this.lastSent.set(channel, this.latest);
  }

  /**
   * How long until a message may go to `channel`. What is sent where the bot is privileged counts
   * for the smaller limit, too.
   * @returns milliseconds, 0 when it may go now
   */
  waitFor(channel: string, standing: Standing): number {
    const isHeld = this.heldUntil !== Number.NEGATIVE_INFINITY;
    const held = isHeld ? Math.max(0, this.heldUntil - this.clock.now()) : 0;
    if (standing === 'privileged') return Math.max(held, this.turn(this.limits.privileged));
    return Math.max(held, this.gapLeft(channel), this.turn(this.limits.viewer));
  }

  /** How long Twitch's limit of all messages, and the pace near it, ask to wait. */
  private turn(limit: number): number {
    const kept = Math.ceil(messageSpan / longestGap);
    const isNear = this.window.waitFor(limit - kept) > 0;
    const pace = isNear ? this.latest + longestGap - this.clock.now() : 0;
    return Math.max(0, pace, this.window.waitFor(limit));
  }

  private gapLeft(channel: string): number {
    const last = this.lastSent.get(channel);
    if (last === undefined) return 0;
    const gap = this.gaps.get(channel) ?? channelGap;
    return Math.max(0, last + gap - this.clock.now());
  }
}
