import { Clock, inject, injectable, Logger, type Undo } from '@pertybot/core';

/** How often the log tells of dropped texts, milliseconds. */
const interval = 60_000;

/** Tells the owner of texts that were not said: the first at once, more of them once a minute. */
@injectable()
export class DroppedTexts {
  /** How many there were since the plugin started. */
  count = 0;
  /** Why the last one was dropped. */
  latest: string | undefined;
  /** How many the log has not told of. */
  private untold = 0;
  private timer: Undo | undefined;
  private isOver = false;

  constructor(
    @inject(Clock) private readonly clock: Clock,
    @inject(Logger) private readonly log: Logger,
  ) {}

  /** Notes a text for `channel` that was not said. */
  note(channel: string, reason: string): void {
    this.count++;
    this.latest = reason.replace(/\.$/, '');
    if (this.isOver) return;
    if (this.timer !== undefined) {
      this.untold++;
      return;
    }
    this.log.warn(`A text for "${channel}" was not said: ${this.latest}.`);
    this.timer = this.clock.after(interval, () => this.tell());
  }

  /** Tells what is untold, and tells no more. */
  stop(): void {
    this.isOver = true;
    this.timer?.();
    this.tell();
  }

  private tell(): void {
    this.timer = undefined;
    if (this.untold === 0) return;
    const texts = this.untold === 1 ? 'One more text was' : `${this.untold} more texts were`;
    this.log.warn(`${texts} not said, the last one because ${this.latest}.`);
    this.untold = 0;
    if (!this.isOver) this.timer = this.clock.after(interval, () => this.tell());
  }
}
