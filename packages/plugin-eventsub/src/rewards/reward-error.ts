import { PertyError } from '@pertybot/core';

/** Every code of a {@link RewardError}; docs/errors.md explains each. */
export type RewardErrorCode =
  | 'REWARD_JOURNAL_FAILED'
  | 'REWARD_NOT_AFFILIATE'
  | 'REWARD_TITLE_TAKEN'
  | 'REWARD_TOO_MANY'
  | 'REWARD_NOT_OURS'
  | 'REWARD_REFUSED';

/** Says whenever a reward cannot be had as plugins.yaml wants it, or a redemption cannot be kept. */
export class RewardError extends PertyError<RewardErrorCode> {}
