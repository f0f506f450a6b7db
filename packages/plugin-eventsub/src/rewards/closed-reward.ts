import type { EmergencyStop, WantedReward } from '@pertybot/core';
import { type RefundReason, reasonOf } from './refund-reason.js';

/** Why nobody may redeem a reward now. */
export interface ClosedReward {
  /** For the owner, a sentence. */
  readonly why: string;
  /** For the viewer whose points go back. */
  readonly because: RefundReason;
}

/** What decides whether a reward is closed. */
export interface RewardSituation {
  readonly isStopping: boolean;
  readonly engaged: EmergencyStop['engaged'];
  readonly isLive: boolean;
}

/** Why nobody may redeem it; undefined when all may. */
export function whyClosed(
  { title, away, onlyLive }: WantedReward,
  { isStopping, engaged, isLive }: RewardSituation,
): ClosedReward | undefined {
  const because = (reason: string) => reasonOf(`reward.${reason}`, title);
  if (isStopping) return { why: 'The bot is being stopped.', because: because('stopping') };
  if (engaged) return { why: `Emergency stop by ${engaged.by}.`, because: because('stopped') };
  if (away !== undefined) return { why: away, because: away };
  if (!onlyLive || isLive) return undefined;
  return { why: 'The stream is offline.', because: because('offline') };
}
