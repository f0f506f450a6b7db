import { Clock, type Delivery, inject, injectable, type Undo } from '@pertybot/core';
import { ChannelJoiner } from './channel-joiner.js';
import { DuplicateBreaker } from './duplicate-breaker.js';
import { LiveConnection } from './live-connection.js';
import { SendPace } from './send-pace.js';

/** How long a text may wait, milliseconds: an answer that comes later answers nobody. */
const longestWait = 30_000;
/** How many messages may wait. */
const mostWaiting = 100;
/** How many answers may wait in a channel: as many as an ordinary viewer can give in some 10 s. */
const mostAnswers = 5;

/** What all parts of a text have in common. */
interface TextFrame {
  readonly channel: string;
  readonly action: boolean;
  /** Characters that a part may have. */
  readonly room: number;
  /** Id of the message that it answers. */
  readonly replyTo: string | undefined;
}

/** A text on its way to one channel, in parts that fit into a message each. */
interface OutgoingText extends TextFrame {
  readonly parts: readonly string[];
  /** Number of parts that were written. */
  written: number;
  /** When it was given to the queue; time of the clock. */
  readonly queuedAt: number;
  readonly settle: (delivery: Delivery) => void;
}

/** A text for the queue. */
export type QueuedText = Omit<OutgoingText, 'written' | 'queuedAt' | 'settle'>;

/** What {@link SendQueue.send} answers for what is written at once. */
const written: Promise<Delivery> = Promise.resolve({ status: 'written' });

/**
 * Sends texts in turn for each channel, no faster than Twitch allows. In a channel the latest message is
 * answered first; what answers nobody comes behind, in order.
 */
@injectable()
export class SendQueue {
  /** Texts that wait, by channel; the channel whose turn it is stands first. */
  private readonly waiting = new Map<string, OutgoingText[]>();
  private readonly duplicates: DuplicateBreaker;
  private timer: Undo = () => {};
  /** Why it takes nothing any more. */
  private closed: string | undefined;

  constructor(
    @inject(LiveConnection) private readonly connection: LiveConnection,
    @inject(ChannelJoiner) private readonly joiner: ChannelJoiner,
    @inject(SendPace) private readonly pace: SendPace,
    @inject(Clock) private readonly clock: Clock,
  ) {
    this.duplicates = new DuplicateBreaker(clock);
  }

  /** Number of messages that wait. */
  get size(): number {
    let size = 0;
    for (const texts of this.waiting.values()) {
      for (const text of texts) size += text.parts.length - text.written;
    }
    return size;
  }

  /** Sends a text as soon as it may be. Resolves when all of it is written, or it is dropped. */
  send(text: QueuedText): Promise<Delivery> {
    if (this.sendAtOnce(text)) return written;
    return new Promise((settle) => {
      const texts = this.waiting.get(text.channel) ?? [];
      texts.push({ ...text, written: 0, queuedAt: this.clock.now(), settle });
      this.waiting.set(text.channel, texts);
      if (this.closed === undefined) this.flush();
      else this.close(this.closed);
      this.crowdOut(text.channel);
      while (this.size > mostWaiting) this.dropOldest('the queue is full');
    });
  }

  /** Whether `text`, as it is written in the channel, is one that was sent there lately. */
  saidLately(channel: string, text: string): boolean {
    return this.duplicates.has(channel, text);
  }

  /** Sets the seconds that ordinary viewers must wait between two messages in `channel`. */
  setSlow(channel: string, seconds: number): void {
    this.pace.setSlow(channel, seconds);
  }

  /** Sends nothing for a while, since Twitch said that the bot is too fast. */
  hold(milliseconds: number): void {
    this.pace.hold(milliseconds);
  }

  /** Writes all that may be written now, and comes back for the rest. */
  flush(): void {
    this.timer();
    this.dropStale();
    while (this.sendNext());
    this.schedule();
  }

  /** Drops all that waits, and whatever comes later. */
  close(reason: string): void {
    this.closed = reason;
    while (this.waiting.size > 0) this.dropOldest(reason);
    this.timer();
  }

  /** Writes a text of one part, as most are, when nothing waits and it may go out. */
  private sendAtOnce({ channel, parts, action, room, replyTo }: QueuedText): boolean {
    const [part] = parts;
    if (part === undefined || parts.length > 1 || this.waiting.size > 0) return false;
    if (!this.connection.connected || this.waitFor(channel) > 0) return false;
    return this.writePart({ channel, action, room, replyTo }, part);
  }

  /** @returns whether something was written */
  private sendNext(): boolean {
    if (!this.connection.connected) return false;
    for (const [channel, texts] of this.waiting) {
      const text = nextOf(texts);
      if (text === undefined || this.waitFor(channel) > 0) continue;
      if (!this.write(text)) return false;
      const isDone = text.written >= text.parts.length;
      const left = isDone ? texts.filter((other) => other !== text) : texts;
      // The channel goes to the end of the row.
      this.waiting.delete(channel);
      if (left.length > 0) this.waiting.set(channel, left);
      if (isDone) text.settle({ status: 'written' });
      return true;
    }
    return false;
  }

  private write(text: OutgoingText): boolean {
    if (!this.writePart(text, text.parts[text.written] ?? '')) return false;
    text.written++;
    return true;
  }

  private writePart(text: TextFrame, part: string): boolean {
    const { channel, room } = text;
    const distinct = this.duplicates.distinct(channel, part, room);
    if (!this.connection.send(toLine(text, distinct))) return false;
    this.duplicates.note(channel, distinct);
    this.pace.note(channel);
    return true;
  }

  /** How long `channel` must wait, milliseconds; infinite until the bot sits in it. */
  private waitFor(channel: string): number {
    if (this.joiner.membership(channel)?.state !== 'in') return Number.POSITIVE_INFINITY;
    return this.pace.waitFor(channel, this.connection.standingIn(channel));
  }

  private dropStale(): void {
    const from = this.clock.now() - longestWait;
    for (const texts of [...this.waiting.values()]) {
      for (const text of [...texts]) {
        if (text.queuedAt <= from) this.drop(text, 'it waited longer than 30 s');
      }
    }
  }

  /** An old answer makes room for new ones, unless a part of it is out already. */
  private crowdOut(channel: string): void {
    const answers = (this.waiting.get(channel) ?? []).filter((text) => text.replyTo !== undefined);
    const old = answers.slice(0, -mostAnswers).filter((text) => text.written === 0);
    for (const text of old) this.drop(text, 'newer answers came first');
  }

  private dropOldest(reason: string): void {
    let oldest: OutgoingText | undefined;
    for (const [text] of this.waiting.values()) {
      if (text && (oldest === undefined || text.queuedAt < oldest.queuedAt)) oldest = text;
    }
    if (oldest) this.drop(oldest, reason);
  }

  private drop(text: OutgoingText, reason: string): void {
    const left = (this.waiting.get(text.channel) ?? []).filter((other) => other !== text);
    if (left.length > 0) this.waiting.set(text.channel, left);
    else this.waiting.delete(text.channel);
    text.settle({ status: 'dropped', reason });
  }

  private schedule(): void {
    const now = this.clock.now();
    let wait = Number.POSITIVE_INFINITY;
    for (const [channel, [text]] of this.waiting) {
      if (!text) continue;
      const stale = text.queuedAt + longestWait - now;
      const turn = this.connection.connected ? this.waitFor(channel) : stale;
      wait = Math.min(wait, stale, turn > 0 ? turn : stale);
    }
    if (wait !== Number.POSITIVE_INFINITY) {
      this.timer = this.clock.after(Math.max(1, wait), () => this.flush());
    }
  }
}

/** The text whose turn it is among those of a channel, which stand in the order in which they came. */
function nextOf(texts: readonly OutgoingText[]): OutgoingText | undefined {
  const latest = texts.findLast((text) => text.replyTo !== undefined)?.replyTo;
  // Several answers to one message stay in order.
  return texts.find((text) => text.replyTo === latest);
}

/** The IRC line that says `text`. */
function toLine({ channel, action, replyTo }: TextFrame, text: string): string {
  const tags = replyTo === undefined ? '' : `@reply-parent-msg-id=${replyTo} `;
  const body = action ? `\u0001ACTION ${text}\u0001` : text;
  return `${tags}PRIVMSG #${channel} :${body}`;
}
