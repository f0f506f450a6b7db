import type { ChatMessage, Undo } from '@pertybot/core';
import type { Fed } from '../shared/feed.js';
import { type HeardEvent, toFeedEvent } from './to-feed-event.js';

/** Events that are remembered for whoever comes or comes back. */
export const mostRemembered = 500;

/**
 * The last events of the bot. What is heard is only laid aside, and put into words when somebody looks: most of the
 * time nobody does.
 */
export class Feed {
  /** Each number has its place, which the event after so many others takes over: nothing is ever moved. */
  private readonly heard: HeardEvent[] = [];
  private readonly times = new Float64Array(mostRemembered);
  /** What was put into words already, in the same places: of this event or an earlier one. */
  private readonly told: (readonly Fed[])[] = [];
  /** Called at the next event, and no more: whoever is told of a flood already is no part of it. */
  private readonly waiting = new Set<() => void>();
  private isAwaited = false;
  private count = 0;

  /**
   * @param now milliseconds since 1970
   * @param isBrought whether somebody who knows more of them tells of the redemptions of a channel
   */
  constructor(
    private readonly now: () => number,
    private readonly isBrought: (channel: string) => boolean = () => false,
  ) {}

  /** Number of the newest event, 0 before the first. */
  get newest(): number {
    return this.count;
  }

  /** Number of the oldest event that is remembered. */
  get oldest(): number {
    return Math.max(1, this.count - mostRemembered + 1);
  }

  hear(event: HeardEvent): void {
    this.count += 1;
    const place = this.count % mostRemembered;
    this.heard[place] = event;
    this.times[place] = this.now();
    if (this.isAwaited) this.wake();
  }

  /**
   * What came after an event, as far as it is remembered.
   * @param lines lines of chat that are told at most, the newest ones @default all
   */
  after(number: number, lines = mostRemembered): readonly Fed[] {
    const told: Fed[] = [];
    for (let next = Math.max(number + 1, this.oldest); next <= this.count; next += 1) {
      const isOld = next <= this.count - lines;
      if (isOld && this.heard[next % mostRemembered]?.name === 'message') continue;
      told.push(...this.tell(next));
    }
    return told;
  }

  /** Calls `listener` at the next event. */
  onNext(listener: () => void): Undo {
    this.waiting.add(listener);
    this.isAwaited = true;
    return () => void this.waiting.delete(listener);
  }

  private wake(): void {
    const waiting = [...this.waiting];
    this.waiting.clear();
    this.isAwaited = false;
    for (const listener of waiting) listener();
  }

  private tell(number: number): readonly Fed[] {
    const place = number % mostRemembered;
    const known = this.told[place];
    if (known?.at(-1)?.number === number) return known;
    const heard = this.heard[place];
    if (heard === undefined) return [];
    const at = this.times[place] ?? 0;
    const borne = this.borneBy(heard);
    const told = [
      // Between the whole numbers, since only those are counted.
      ...(borne ? [{ ...toFeedEvent(borne), number: number - 0.5, at }] : []),
      { ...toFeedEvent(heard), number, at },
    ];
    this.told[place] = told;
    return told;
  }

  /** Chat tells of bits and rewards apart only where somebody listens for that; who looks at the page is told in any case. */
  private borneBy({ name, data }: HeardEvent): HeardEvent | undefined {
    if (name !== 'message') return undefined;
    // The hub gives a listener of `message` a line of chat.
    const message = data as ChatMessage;
    const borne = cheerIn(message) ?? this.redemptionIn(message);
    const isTold = borne && this.heard.some((each) => isOf(each, borne.name, message));
    return isTold ? undefined : borne;
  }

  private redemptionIn(message: ChatMessage): HeardEvent | undefined {
    const { channel, user, text, customRewardId: rewardId } = message;
    if (rewardId === undefined || this.isBrought(channel)) return undefined;
    return { name: 'redeem', data: { channel, user, rewardId, text } };
  }
}

function cheerIn(message: ChatMessage): HeardEvent | undefined {
  const { channel, user, bits } = message;
  return bits > 0 ? { name: 'cheer', data: { channel, user, bits, message } } : undefined;
}

/** Whether an event was told of a line of chat. */
function isOf(heard: HeardEvent, name: string, message: ChatMessage): boolean {
  const { data } = heard;
  if (heard.name !== name || typeof data !== 'object' || data === null) return false;
  return Reflect.get(data, 'message') === message;
}
