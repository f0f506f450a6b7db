import { type Logger, type ModerationEvent } from '@pertybot/core';
import type {
  ConnectionListener,
  PrivateMessage,
  ServerNotice,
  UserNotice,
} from './chat-connection.js';
import type { IrcTags } from './irc-tags.js';

/**
 * Stands between a connection and its listener: what the listener throws is logged and goes no
 * further, since the socket of tmi.js would never read again; and once stopped it passes nothing on.
 */
export class GuardedListener implements ConnectionListener {
  private stopped = false;

  constructor(
    private readonly inner: ConnectionListener,
    private readonly log: Logger,
  ) {}

  message(message: PrivateMessage): void {
    if (this.stopped) return;
    try {
      this.inner.message(message);
    } catch (error) {
      this.report(error);
    }
  }

  userNotice(notice: UserNotice): void {
    this.run(() => this.inner.userNotice(notice));
  }

  notice(notice: ServerNotice): void {
    this.run(() => this.inner.notice(notice));
  }

  roomState(channel: string, tags: IrcTags): void {
    this.run(() => this.inner.roomState(channel, tags));
  }

  moderation(event: ModerationEvent): void {
    this.run(() => this.inner.moderation(event));
  }

  parted(channel: string): void {
    this.run(() => this.inner.parted(channel));
  }

  /** Passes nothing on from now. */
  stop(): void {
    this.stopped = true;
  }

  private run(task: () => void): void {
    if (this.stopped) return;
    try {
      task();
    } catch (error) {
      this.report(error);
    }
  }

  private report(error: unknown): void {
    this.log.error('Something that chat brought could not be handled.', { error });
  }
}
