import type { Fed } from '../../shared/feed.js';

/** What became of a redemption. */
export interface Settlement {
  readonly isRefund: boolean;
  readonly text: string;
}

/** What became of each redemption of which that is told, by its id. */
export function settlementsOf(feed: readonly Fed[]): ReadonlyMap<string, Settlement> {
  const settled = new Map<string, Settlement>();
  for (const each of feed) {
    if (each.type === 'command' && each.redemption) {
      settled.set(each.redemption.id, { isRefund: false, text: 'fulfilled' });
    } else if (each.type === 'refusal' && each.redemption) {
      const text = `refunded: ${each.text ?? each.reason}`;
      settled.set(each.redemption.id, { isRefund: true, text });
    } else if (each.type === 'event' && each.name === 'redeemUpdate') {
      const { redemptionId, status } = each.facts;
      // The bot has told why, where it was the bot's own word.
      if (settled.has(`${redemptionId}`)) continue;
      const isRefund = status === 'canceled';
      settled.set(`${redemptionId}`, { isRefund, text: isRefund ? 'refunded' : `${status}` });
    }
  }
  return settled;
}
