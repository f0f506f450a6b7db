import { type Role, roles } from '@pertybot/core';
import type { OpenRedemption, RewardChannel } from './helix-rewards.js';
import type { IncomingRedemption } from './redemption-desk.js';

const everyone: readonly Role[] = ['everyone'];

/**
 * A redemption of Twitch's list as EventSub would have brought it. Of who redeemed it, the list says no more than who
 * it is; whose channel it is can be seen.
 */
export function toIncoming(
  { id, rewardId, user, text, redeemedAt }: OpenRedemption,
  channel: RewardChannel,
  { name, title }: { readonly name: string | undefined; readonly title: string },
): IncomingRedemption {
  const held = user.id === channel.id ? roles : everyone;
  return {
    ...{ id, rewardId, reward: name, title, channel, text, redeemedAt },
    user: { ...user, roles: held, badges: {}, monthsSubscribed: 0 },
  };
}
