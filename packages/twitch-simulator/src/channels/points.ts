import { randomUUID } from 'node:crypto';
import { SimulatorError } from '../simulator-error.js';
import { toTwitchTime } from '../twitch-time.js';
import type { Channel } from './channel.js';
import type { BySomebody, ChannelWorld } from './channel-world.js';
import {
  type CustomReward,
  isInStock,
  type NewReward,
  type RewardSettings,
  toEventReward,
  usualReward,
} from './custom-reward.js';
import { type Redemption, type RedemptionStatus, toEventRedemption } from './redemption.js';

/** Somebody redeems a channel point reward. */
export interface RedeemOptions extends BySomebody {
  /** Its title or its id. */
  readonly reward: string;
  /** What they type; chat is told of it where the reward asks for a text. @default '' */
  readonly text?: string;
}

const type = 'channel.channel_points_custom_reward';

/** The channel points: rewards, and what viewers redeem. */
export class Points {
  constructor(private readonly world: ChannelWorld) {}

  /** Adds a reward; `clientId` is the application that made it. */
  addReward(channel: Channel, settings: NewReward, clientId: string | undefined): CustomReward {
    const reward: CustomReward = {
      ...usualReward,
      ...settings,
      id: randomUUID(),
      clientId,
      redeemed: 0,
      coolsUntil: undefined,
    };
    channel.rewards.set(reward.id, reward);
    this.tellReward('add', channel, reward);
    return reward;
  }

  /** Changes a reward. */
  changeReward(
    channel: Channel,
    reward: CustomReward,
    settings: Partial<RewardSettings>,
  ): CustomReward {
    const changed = { ...reward, ...settings };
    channel.rewards.set(reward.id, changed);
    this.tellReward('update', channel, changed);
    return changed;
  }

  /** Takes a reward away; what is open of it counts as fulfilled, as Twitch has it. */
  removeReward(channel: Channel, reward: CustomReward): void {
    for (const each of channel.redemptions.values()) {
      if (each.reward.id === reward.id) this.settle(channel, each, 'FULFILLED');
    }
    channel.rewards.delete(reward.id);
    this.tellReward('remove', channel, reward);
  }

  /**
   * Somebody redeems a reward.
   * @throws SimulatorError `SIMULATOR_REWARD_UNKNOWN`, `SIMULATOR_REWARD_CLOSED`
   */
  redeem(options: RedeemOptions): Redemption {
    const channel = this.world.channels.named(options.channel);
    const reward = findReward(channel, options.reward);
    const account = this.world.people.someone(options.as);
    const now = this.world.now();
    const input = reward.inputRequired ? (options.text ?? '') : '';
    const why = this.closed(channel, reward, account.id) ?? lacking(reward, input);
    if (why !== undefined) {
      throw new SimulatorError('SIMULATOR_REWARD_CLOSED', `"${reward.title}" ${why}.`);
    }
    const { id, title, cost, prompt, skipsQueue, cooldown } = reward;
    const redemption: Redemption = {
      id: randomUUID(),
      reward: { id, title, cost, prompt },
      user: account,
      input,
      status: skipsQueue ? 'FULFILLED' : 'UNFULFILLED',
      redeemedAt: toTwitchTime(now),
    };
    channel.redemptions.set(redemption.id, redemption);
    channel.rewards.set(id, {
      ...reward,
      redeemed: reward.redeemed + 1,
      coolsUntil: cooldown.enabled ? now + cooldown.value * 1000 : undefined,
    });
    this.tellRedemption('add', channel, redemption);
    if (reward.inputRequired) {
      const { as } = options;
      this.world.chat.say({ channel: channel.account.login, as, text: input, customRewardId: id });
    }
    return redemption;
  }

  /** Settles a redemption that is open; false where it is not. */
  settle(channel: Channel, redemption: Redemption, status: RedemptionStatus): boolean {
    if (redemption.status !== 'UNFULFILLED') return false;
    redemption.status = status;
    this.tellRedemption('update', channel, redemption);
    return true;
  }

  private closed(channel: Channel, reward: CustomReward, userId: string): string | undefined {
    if (channel.type === '') return 'cannot be redeemed: the channel has no channel points';
    if (!reward.enabled) return 'is disabled';
    if (reward.paused) return 'is paused';
    if (!isInStock(reward)) return 'is out of stock for this stream';
    if ((reward.coolsUntil ?? 0) > this.world.now()) return 'is cooling down';
    const { enabled, value } = reward.perUser;
    const since = channel.stream?.startedAt ?? 0;
    const theirs = [...channel.redemptions.values()].filter(
      (each) =>
        each.reward.id === reward.id &&
        each.user.id === userId &&
        each.status !== 'CANCELED' &&
        Date.parse(each.redeemedAt) >= since,
    );
    return enabled && theirs.length >= value ? 'was redeemed by them often enough' : undefined;
  }

  private tellReward(
    what: 'add' | 'update' | 'remove',
    channel: Channel,
    reward: CustomReward,
  ): void {
    this.world.notify({
      type: `${type}.${what}`,
      about: { broadcaster_user_id: channel.account.id, reward_id: reward.id },
      event: toEventReward(channel.account, reward, channel.stream !== undefined),
    });
  }

  private tellRedemption(what: 'add' | 'update', channel: Channel, redemption: Redemption): void {
    this.world.notify({
      type: `${type}_redemption.${what}`,
      about: { broadcaster_user_id: channel.account.id, reward_id: redemption.reward.id },
      event: toEventRedemption(channel.account, redemption),
    });
  }
}

/**
 * The reward of that title or id.
 * @throws SimulatorError `SIMULATOR_REWARD_UNKNOWN`
 */
export function findReward(channel: Channel, titleOrId: string): CustomReward {
  const wanted = titleOrId.trim().toLowerCase();
  const rewards = [...channel.rewards.values()];
  const reward = rewards.find(({ id, title }) => id === wanted || title.toLowerCase() === wanted);
  if (reward !== undefined) return reward;
  const { login } = channel.account;
  const message = `#${login} has no reward "${titleOrId.trim()}".`;
  const titles = rewards.map(({ title }) => title).join(', ');
  const hint = titles === '' ? 'It has none at all.' : `Its rewards: ${titles}.`;
  throw new SimulatorError('SIMULATOR_REWARD_UNKNOWN', message, { hint });
}

function lacking({ inputRequired }: CustomReward, input: string): string | undefined {
  if (!inputRequired) return undefined;
  if (input.trim() === '') return 'asks for a text';
  return [...input].length > 200 ? 'takes at most 200 characters' : undefined;
}
