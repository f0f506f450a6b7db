import type { WantedReward } from '@pertybot/core';
import type { TwitchApiError } from '../helix/twitch-api-error.js';
import { RewardError } from './reward-error.js';
import { mostRewards } from './reward-plan.js';

/** Why a channel can have no rewards at all. */
export function toChannelProblem(channel: string, cause: TwitchApiError): RewardError {
  return new RewardError(
    'REWARD_NOT_AFFILIATE',
    `#${channel} has no channel points: only affiliates and partners of Twitch have.`,
    {
      hint: 'Try your rewards with "pertybot dev", which needs no account; all else of the bot works without them.',
      cause,
    },
  );
}

/** Why one reward cannot be had as it is wanted. */
export function toRewardProblem(
  why: 'title taken' | 'too many' | TwitchApiError,
  { title }: Pick<WantedReward, 'title'>,
): RewardError {
  const code = typeof why === 'string' ? why : reasonOf(why);
  if (code === 'title taken') {
    return new RewardError(
      'REWARD_TITLE_TAKEN',
      `The reward "${title}" exists already, and another app or the dashboard made it: it can be seen, and never refunded.`,
      { hint: 'Delete it in the creator dashboard, or give yours another title.' },
    );
  }
  if (code === 'too many') {
    return new RewardError(
      'REWARD_TOO_MANY',
      `There is no room for the reward "${title}": Twitch lets a channel have ${mostRewards}.`,
      { hint: 'Delete some in the creator dashboard, or in plugins.yaml.' },
    );
  }
  if (typeof why === 'string') throw new TypeError(why);
  if (why.status === 403) {
    return new RewardError(
      'REWARD_NOT_OURS',
      `Twitch does not let the bot change the reward "${title}": another app made it.`,
      { hint: 'Delete it in the creator dashboard; the bot then makes its own.', cause: why },
    );
  }
  return new RewardError(
    'REWARD_REFUSED',
    `Twitch refused the reward "${title}": ${why.reason ?? why.message}.`,
    { hint: 'Mend it in plugins.yaml.', cause: why },
  );
}

/** Twitch's own words, such as `CREATE_CUSTOM_REWARD_DUPLICATE_REWARD`. */
function reasonOf({ reason = '' }: TwitchApiError): string {
  if (/duplicate/i.test(reason)) return 'title taken';
  return /too_?many|maximum|limit/i.test(reason) ? 'too many' : reason;
}
