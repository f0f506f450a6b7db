import type { Channel } from '../channels/channel.js';
import type { ChannelWorld } from '../channels/channel-world.js';
import type { CustomReward } from '../channels/custom-reward.js';
import type { Points } from '../channels/points.js';
import { type Redemption, toHelixRedemption } from '../channels/redemption.js';
import { data, type HelixAnswer, refused } from './helix-answer.js';
import type { HelixCall, Routes } from './helix-call.js';
import { page } from './page.js';
import { withReward } from './reward-routes.js';

const manage = ['channel:manage:redemptions'];
const read = ['channel:read:redemptions', ...manage];
const statuses = ['UNFULFILLED', 'FULFILLED', 'CANCELED'];

/** `channel_points/custom_rewards/redemptions`: listing, and fulfilling or refunding. */
export function redemptionRoutes(world: ChannelWorld, points: Points): Routes {
  const path = 'channel_points/custom_rewards/redemptions';
  const own = 'broadcaster_id';
  return {
    [`GET ${path}`]: {
      scopes: read,
      own,
      handle: (call) => {
        const channel = world.channels.of(call.user);
        return withReward(channel, call, (reward) => list(channel, reward, call), 'reward_id');
      },
    },
    [`PATCH ${path}`]: {
      scopes: manage,
      own,
      handle: (call) => {
        const channel = world.channels.of(call.user);
        const handle = (reward: CustomReward) => settle(points, channel, reward, call);
        return withReward(channel, call, handle, 'reward_id');
      },
    },
  };
}

function list(channel: Channel, reward: CustomReward, { query }: HelixCall): HelixAnswer {
  const ids = query.getAll('id');
  const status = query.get('status');
  if (ids.length === 0 && !statuses.includes(status ?? '')) {
    return refused(400, 'The parameter "status" or "id" is required');
  }
  if (ids.length > 50) return refused(400, 'The parameter "id" may be given at most 50 times');
  const found = [...channel.redemptions.values()].filter(
    (each) =>
      each.reward.id === reward.id &&
      (ids.length === 0 ? each.status === status : ids.includes(each.id)),
  );
  if (ids.length > 0 && found.length === 0) return refused(404, 'The redemptions were not found');
  if (query.get('sort') === 'NEWEST') found.reverse();
  const json = found.map((each) => toHelixRedemption(channel.account, each));
  return page(json, query, { usual: 20, most: 50 });
}

function settle(
  points: Points,
  channel: Channel,
  reward: CustomReward,
  { query, body }: HelixCall,
): HelixAnswer {
  const ids = query.getAll('id');
  const { status } = body;
  if (ids.length === 0) return refused(400, 'The parameter "id" is required');
  if (ids.length > 50) return refused(400, 'The parameter "id" may be given at most 50 times');
  if (status !== 'FULFILLED' && status !== 'CANCELED') {
    return refused(400, 'The parameter "status" must be FULFILLED or CANCELED');
  }
  const found = ids.flatMap((id): readonly Redemption[] => {
    const redemption = channel.redemptions.get(id);
    const open = redemption?.status === 'UNFULFILLED' && redemption.reward.id === reward.id;
    return redemption !== undefined && open ? [redemption] : [];
  });
  // Whether one that is settled spoils the others is not documented; here the others are settled.
  if (found.length === 0) {
    const words = 'The redemptions were not found, or are not in the UNFULFILLED state';
    return refused(404, words);
  }
  for (const each of found) points.settle(channel, each, status);
  return data(found.map((each) => toHelixRedemption(channel.account, each)));
}
