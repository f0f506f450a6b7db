import { setTimeout as wait } from 'node:timers/promises';
import { type Undo, WantedRewards } from '@pertybot/core';
import type { Bot } from '@pertybot/core/host';

/** Redemptions that are remembered though nobody waits for them yet. */
const mostRemembered = 1_000;

/** How often what has no event of its own is looked at, milliseconds. */
const interval = 10;

/** Knows which redemptions the bot has dealt with. */
export class RedeemedRewards {
  private readonly done = new Set<string>();
  readonly stop: Undo;

  constructor(private readonly bot: Pick<Bot, 'on' | 'find'>) {
    const undo = [
      bot.on('command', ({ redemption }) => this.take(redemption?.id)),
      bot.on('refusal', ({ redemption }) => this.take(redemption?.id)),
      bot.on('redeem', ({ redemptionId, title }) => {
        // One of the bot's own goes on to what it runs.
        const isOwn = this.bot.find(WantedRewards)?.list.some((each) => each.title === title);
        if (isOwn !== true) this.take(redemptionId);
      }),
    ];
    this.stop = () => {
      for (const each of undo) each();
    };
  }

  /**
   * Waits until a redemption has run, was refused, or waits for a moderator.
   * @param limit milliseconds
   * @returns whether it was in time
   */
  async wait(id: string, limit: number): Promise<boolean> {
    const end = performance.now() + limit;
    while (performance.now() < end) {
      if (this.done.delete(id) || this.awaitsApproval(id)) return true;
      await wait(interval);
    }
    return false;
  }

  private awaitsApproval(id: string): boolean {
    return this.bot.find(WantedRewards)?.waiting.some((each) => each.id === id) === true;
  }

  private take(id: string | undefined): void {
    if (id === undefined) return;
    this.done.add(id);
    const [oldest] = this.done;
    if (this.done.size > mostRemembered && oldest !== undefined) this.done.delete(oldest);
  }
}
