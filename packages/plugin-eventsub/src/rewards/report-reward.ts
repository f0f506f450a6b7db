import type { WantedReward } from '@pertybot/core';
import type { ChannelReward, RedemptionUnderWay } from './channel-rewards.js';
import type { IncomingRedemption } from './redemption-desk.js';
import type { RewardError } from './reward-error.js';

/** How a wanted reward stands in a channel. */
export interface RewardStanding {
  /** Channel login. */
  readonly channel: string;
  readonly isOnTwitch: boolean;
  /** Why it cannot be had. */
  readonly problem: RewardError | undefined;
  /** Why Twitch could not be asked last. */
  readonly fault: string | undefined;
  /** Why nobody may redeem it now. */
  readonly closed: string | undefined;
  /** The oldest first. */
  readonly underWay: readonly IncomingRedemption[];
  /** Whether a redemption waits for a moderator's yes. */
  readonly awaitsApproval: (redemptionId: string) => boolean;
}

/** Redemptions under way that are shown one by one. */
const mostShown = 20;

/** The reward for whoever shows how it stands. */
export function reportReward(reward: WantedReward, standing: RewardStanding): ChannelReward {
  const { name, title, cost, plugin, runs } = reward;
  const { channel, isOnTwitch, problem, fault, closed } = standing;
  const about = { name, title, cost, channel, plugin, runs, ...redemptionsOf(standing) };
  if (problem) {
    const { message: why, hint } = problem;
    return { ...about, state: 'missing', why, ...(hint !== undefined && { hint }) };
  }
  if (!isOnTwitch) return { ...about, state: 'coming', ...(fault && { why: fault }) };
  if (closed === undefined) return { ...about, state: 'open' };
  return { ...about, state: 'paused', why: closed };
}

function redemptionsOf({
  underWay,
  awaitsApproval,
}: RewardStanding): Pick<ChannelReward, 'redemptions' | 'underWay'> {
  if (underWay.length === 0) return { redemptions: 0 };
  const shown = underWay.slice(0, mostShown).map(({ id, user, redeemedAt }): RedemptionUnderWay => {
    const at = new Date(redeemedAt).toISOString();
    return { id, user: user.displayName, redeemedAt: at, awaitsApproval: awaitsApproval(id) };
  });
  return { redemptions: underWay.length, underWay: shown };
}
