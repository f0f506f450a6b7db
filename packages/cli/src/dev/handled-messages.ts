import type { Undo } from '@pertybot/core';
import type { Bot } from '@pertybot/core/host';

/** Messages whose handling is remembered though nobody waits for it yet. */
const mostRemembered = 1_000;

/** Knows which chat messages the bot has handled. */
export class HandledMessages {
  private readonly done = new Set<string>();
  private readonly waiting = new Map<string, () => void>();
  readonly stop: Undo;

  constructor(bot: Pick<Bot, 'on'>) {
    this.stop = bot.on('handled', ({ messageId }) => this.take(messageId));
  }

  /**
   * Waits until a message is handled.
   * @param limit milliseconds
   * @returns whether it was in time
   */
  wait(messageId: string, limit: number): Promise<boolean> {
    if (this.done.delete(messageId)) return Promise.resolve(true);
    return new Promise((resolve) => {
      const end = (inTime: boolean) => {
        clearTimeout(timer);
        this.waiting.delete(messageId);
        resolve(inTime);
      };
      const timer = setTimeout(() => end(false), limit);
      this.waiting.set(messageId, () => end(true));
    });
  }

  private take(messageId: string): void {
    const waiter = this.waiting.get(messageId);
    if (waiter) {
      waiter();
      return;
    }
    this.done.add(messageId);
    const [oldest] = this.done;
    if (this.done.size > mostRemembered && oldest !== undefined) this.done.delete(oldest);
  }
}
