import { setTimeout as wait } from 'node:timers/promises';
import type { Undo } from '@pertybot/core';
import type { Bot } from '@pertybot/core/host';
import type {} from '@pertybot/plugin-gpio';

// For the type of the event `pin`, which that plugin adds.

/** How often what has no event of its own is looked at, milliseconds. */
const interval = 10;

/** How a redemption stands: nothing is known, something moved, the points are spent or given back. */
type Standing = 'open' | 'moving' | 'decided';

/** Knows how the bot deals with what viewers redeem. */
export class RedeemedRewards {
  private readonly standings = new Map<string, Standing>();
  readonly stop: Undo;

  constructor(private readonly bot: Pick<Bot, 'on' | 'rewards'>) {
    const undo = [
      bot.on('command', ({ redemption }) => this.decide(redemption?.id)),
      bot.on('refusal', ({ redemption }) => this.decide(redemption?.id)),
      bot.on('redeem', ({ redemptionId, title }) => {
        // One of the bot's own goes on to what it runs.
        const isOwn = this.bot.rewards.list.some((each) => each.title === title);
        if (!isOwn) this.decide(redemptionId);
      }),
      // What has moved is decided later, when enough of its time has run.
      bot.on('pin', () => {
        for (const [id, standing] of this.standings) {
          if (standing === 'open') this.standings.set(id, 'moving');
        }
      }),
    ];
    this.stop = () => {
      for (const each of undo) each();
    };
  }

  /**
   * Waits until a redemption has moved something, was decided, or waits for a moderator.
   * @param limit milliseconds
   * @returns whether it was in time
   */
  async wait(id: string, limit: number): Promise<boolean> {
    if (!this.standings.has(id)) this.standings.set(id, 'open');
    return this.until(() => this.standings.get(id) !== 'open' || this.awaitsApproval(id), limit);
  }

  /**
   * Waits until all that was waited for is decided, or waits for a moderator.
   * @param limit milliseconds
   */
  async idle(limit: number): Promise<void> {
    await this.until(
      () =>
        [...this.standings].every(
          ([id, standing]) => standing === 'decided' || this.awaitsApproval(id),
        ),
      limit,
    );
  }

  private async until(condition: () => boolean, limit: number): Promise<boolean> {
    const end = performance.now() + limit;
    while (!condition()) {
      if (performance.now() > end) return false;
      await wait(interval);
    }
    return true;
  }

  private awaitsApproval(id: string): boolean {
    return this.bot.rewards.waiting.some((each) => each.id === id);
  }

  private decide(id: string | undefined): void {
    if (id !== undefined) this.standings.set(id, 'decided');
  }
}
