import type { Channel } from '../channels/channel.js';
import type { ChannelWorld } from '../channels/channel-world.js';
import { type CustomReward, toHelixReward } from '../channels/custom-reward.js';
import type { Points } from '../channels/points.js';
import { data, type HelixAnswer, noContent, refused } from './helix-answer.js';
import type { HelixCall, Route, Routes } from './helix-call.js';
import { readRewardSettings } from './reward-input.js';

const manage = ['channel:manage:redemptions'];
const read = ['channel:read:redemptions', ...manage];
const mostRewards = 50;

/** `channel_points/custom_rewards`: creating, changing, deleting and listing. */
export function rewardRoutes(world: ChannelWorld, points: Points): Routes {
  const route = (
    scopes: readonly string[],
    handle: (channel: Channel, call: HelixCall) => HelixAnswer,
  ): Route => ({
    scopes,
    own: 'broadcaster_id',
    handle: (call) => {
      const channel = world.channels.of(call.user);
      if (channel.type !== '') return handle(channel, call);
      return refused(403, 'The broadcaster must have partner or affiliate status.');
    },
  });
  const path = 'channel_points/custom_rewards';
  return {
    [`POST ${path}`]: route(manage, (channel, call) => create(points, channel, call)),
    [`PATCH ${path}`]: route(manage, (channel, call) =>
      withReward(channel, call, (reward) => change(points, channel, call, reward)),
    ),
    [`DELETE ${path}`]: route(manage, (channel, call) =>
      withReward(channel, call, (reward) => {
        points.removeReward(channel, reward);
        return noContent;
      }),
    ),
    [`GET ${path}`]: route(read, list),
  };
}

function create(points: Points, channel: Channel, { body, caller }: HelixCall): HelixAnswer {
  const input = readRewardSettings(body);
  if ('fault' in input) return refused(400, input.fault);
  const { title, cost } = input.settings;
  if (title === undefined) return refused(400, 'The parameter "title" is required');
  if (cost === undefined) return refused(400, 'The parameter "cost" is required');
  if (channel.rewards.size >= mostRewards)
    return refused(400, 'CREATE_CUSTOM_REWARD_TOO_MANY_REWARDS');
  if (isTaken(channel, title)) return refused(400, 'CREATE_CUSTOM_REWARD_DUPLICATE_REWARD');
  const reward = points.addReward(channel, { ...input.settings, title, cost }, caller.client.id);
  return data([toJson(channel, reward)]);
}

function change(
  points: Points,
  channel: Channel,
  { body }: HelixCall,
  reward: CustomReward,
): HelixAnswer {
  const input = readRewardSettings(body);
  if ('fault' in input) return refused(400, input.fault);
  const { title } = input.settings;
  if (title !== undefined && isTaken(channel, title, reward)) {
    return refused(400, 'UPDATE_CUSTOM_REWARD_DUPLICATE_REWARD');
  }
  return data([toJson(channel, points.changeReward(channel, reward, input.settings))]);
}

function list(channel: Channel, { query, caller }: HelixCall): HelixAnswer {
  const ids = query.getAll('id');
  if (ids.length > 50) return refused(400, 'The parameter "id" may be given at most 50 times');
  const own = query.get('only_manageable_rewards') === 'true';
  const rewards = [...channel.rewards.values()].filter(
    (each) =>
      (ids.length === 0 || ids.includes(each.id)) && (!own || each.clientId === caller.client.id),
  );
  if (ids.length > 0 && rewards.length === 0)
    return refused(404, 'The custom reward was not found');
  return data(rewards.map((each) => toJson(channel, each)));
}

/** Finds the reward that a call is about, which the calling application must have made. */
export function withReward(
  channel: Channel,
  { query, caller }: HelixCall,
  handle: (reward: CustomReward) => HelixAnswer,
  parameter = 'id',
): HelixAnswer {
  const id = query.get(parameter);
  if (id === null) return refused(400, `The parameter "${parameter}" is required`);
  const reward = channel.rewards.get(id);
  if (reward === undefined) return refused(404, 'The custom reward was not found');
  if (reward.clientId === caller.client.id) return handle(reward);
  const words = 'The ID in the Client-Id header must match the client ID that created the reward.';
  return refused(403, words);
}

function isTaken(channel: Channel, title: string, but?: CustomReward): boolean {
  const taken = [...channel.rewards.values()].filter((each) => each.id !== but?.id);
  return taken.some((each) => each.title.toLowerCase() === title.toLowerCase());
}

function toJson(channel: Channel, reward: CustomReward) {
  return toHelixReward(channel.account, reward, channel.stream !== undefined);
}
