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
  /** Whether the bot is no longer in the channel. @default false */
  readonly hasLeft?: boolean;
}

/** Why nobody may redeem it; undefined when all may. */
export function whyClosed(
  { title, away, onlyLive }: WantedReward,
  { isStopping, engaged, isLive, hasLeft }: RewardSituation,
): ClosedReward | undefined {
  const because = (reason: string) => reasonOf(`reward.${reason}`, title);
  if (isStopping) return { why: 'The bot is being stopped.', because: because('stopping') };
  if (engaged) return { why: `Emergency stop by ${engaged.by}.`, because: because('stopped') };
  if (hasLeft) return { why: 'The bot is not in the channel.', because: because('unknown') };
  if (away !== undefined) return { why: away, because: away };
  if (!onlyLive || isLive) return undefined;
  return { why: 'The stream is offline.', because: because('offline') };
}

/** Milliseconds after which a redemption that nobody has heard of is given back. */
const freshness = 60_000;

/** What decides whether a redemption that nobody has heard of may run. */
export interface LateRedemption {
  /** Milliseconds, by a clock that may be wrong. */
  readonly age: number;
  /** Whether what is fresh may run. */
  readonly mayRun: boolean;
  readonly isLive: boolean;
  readonly closed: ClosedReward | undefined;
}

/** Why it is given back; undefined where it may run. */
export function whyGiveBack(
  { title }: Pick<WantedReward, 'title'>,
  { age, mayRun, isLive, closed }: LateRedemption,
): RefundReason | undefined {
  if (!mayRun) return reasonOf('points.restart', title);
  // What seems to come from the future, or says no time, is no fresher than the past.
  if (!(Math.abs(age) <= freshness)) return reasonOf('points.late', title);
  return isLive ? closed?.because : reasonOf('reward.offline', title);
}
