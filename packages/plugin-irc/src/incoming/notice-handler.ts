import { Clock, Inbox, inject, injectable, Logger } from '@pertybot/core';
import { ChannelJoiner } from '../outgoing/channel-joiner.js';
import { SendQueue } from '../outgoing/send-queue.js';
import type { ServerNotice } from '../tmi/chat-connection.js';
import { type NoticeMeaning, notices } from './notices.js';

/** How long nothing is sent after Twitch said that the bot is too fast, milliseconds. */
const holdTime = 30_000;
/** How long the same notice of the same channel is not logged again, milliseconds. */
const quietTime = 60_000;

/** Tells the owner what Twitch's notices mean, and acts on those that call for it. */
@injectable()
export class NoticeHandler {
  private readonly logged = new Map<string, number>();

  constructor(
    @inject(Inbox) private readonly inbox: Inbox,
    @inject(ChannelJoiner) private readonly joiner: ChannelJoiner,
    @inject(SendQueue) private readonly queue: SendQueue,
    @inject(Clock) private readonly clock: Clock,
    @inject(Logger) private readonly log: Logger,
  ) {}

  /** Takes a notice as it came. */
  take(notice: ServerNotice): void {
    const meaning = Object.hasOwn(notices, notice.id) ? notices[notice.id] : undefined;
    if (meaning) this.act(notice, meaning);
    const { kind: _, ...told } = notice;
    this.inbox.emit('notice', told);
  }

  private act(notice: ServerNotice, meaning: NoticeMeaning): void {
    const { channel } = notice;
    if (meaning.effect === 'out' && channel !== undefined && this.joiner.membership(channel)) {
      // It says so itself.
      this.joiner.refuse(channel, meaning.meaning, meaning.remedy);
      return;
    }
    this.explain(notice, meaning);
    if (meaning.effect === 'hold') this.queue.hold(holdTime);
  }

  private explain(
    { channel = '', id, text }: ServerNotice,
    { meaning, remedy }: NoticeMeaning,
  ): void {
    const key = `${channel} ${id}`;
    const now = this.clock.now();
    const last = this.logged.get(key);
    if (last !== undefined && now - last < quietTime) return;
    this.logged.set(key, now);
    const place = channel === '' ? '' : `In "${channel}": `;
    this.log.warn(`${place}${meaning}`, { notice: id, twitch: text, hint: remedy });
  }
}
