import type { Account } from '../people.js';
import type { CustomReward } from './custom-reward.js';
import { broadcaster, user } from './triples.js';

/** What became of a redemption. */
export type RedemptionStatus = 'UNFULFILLED' | 'FULFILLED' | 'CANCELED';

/** One viewer's redemption of a reward. */
export interface Redemption {
  readonly id: string;
  /** The reward as it was then. */
  readonly reward: Pick<CustomReward, 'id' | 'title' | 'cost' | 'prompt'>;
  readonly user: Account;
  /** What they typed; empty where nothing was asked for. */
  readonly input: string;
  /** `CANCELED` has given the points back. */
  status: RedemptionStatus;
  /** As it is written. */
  readonly redeemedAt: string;
}

/** A redemption as Helix writes it. */
export function toHelixRedemption(channel: Account, redemption: Redemption) {
  return {
    broadcaster_name: channel.displayName,
    broadcaster_login: channel.login,
    broadcaster_id: channel.id,
    id: redemption.id,
    ...user(redemption.user),
    user_input: redemption.input,
    status: redemption.status,
    redeemed_at: redemption.redeemedAt,
    reward: rewardOf(redemption),
  };
}

/** A redemption as EventSub writes it. */
export function toEventRedemption(channel: Account, redemption: Redemption) {
  return {
    id: redemption.id,
    ...broadcaster(channel),
    ...user(redemption.user),
    user_input: redemption.input,
    status: redemption.status.toLowerCase(),
    reward: rewardOf(redemption),
    redeemed_at: redemption.redeemedAt,
  };
}

function rewardOf({ reward: { id, title, prompt, cost } }: Redemption) {
  return { id, title, prompt, cost };
}
