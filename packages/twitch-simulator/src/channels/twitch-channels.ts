import type { BroadcasterType, Channel } from './channel.js';
import type { BySomebody, ChannelWorld } from './channel-world.js';
import type { CustomReward, NewReward, RewardSettings } from './custom-reward.js';
import { follow } from './follow.js';
import { findReward, type Points, type RedeemOptions } from './points.js';
import type { Redemption, RedemptionStatus } from './redemption.js';

/** A reward that is made beside the API. */
export type AddRewardOptions = NewReward & {
  /** With or without `#`. */
  readonly channel: string;
  /** The application that made it. @default none: it was made in the dashboard */
  readonly clientId?: string;
};

/** What happens on channels beside chat, as tests and `pertybot dev` let it happen. */
export class TwitchChannels {
  constructor(
    private readonly world: ChannelWorld,
    private readonly points: Points,
  ) {}

  /** Makes a broadcaster a partner, an affiliate, or neither. All are affiliates at first. */
  setType(channel: string, type: BroadcasterType): void {
    this.channel(channel).type = type;
  }

  /** Somebody follows. */
  follow(options: BySomebody): void {
    follow(this.world, options);
  }

  /** The rewards of a channel. */
  rewards(channel: string): readonly CustomReward[] {
    return [...this.channel(channel).rewards.values()];
  }

  /** Makes a reward as its owner does in the dashboard, or another application by the API. */
  addReward({ channel, clientId, ...settings }: AddRewardOptions): CustomReward {
    return this.points.addReward(this.channel(channel), settings, clientId);
  }

  /** Changes a reward as its owner does in the dashboard. @param reward its title or id */
  changeReward(channel: string, reward: string, settings: Partial<RewardSettings>): CustomReward {
    const place = this.channel(channel);
    return this.points.changeReward(place, findReward(place, reward), settings);
  }

  /** Takes a reward away as its owner does in the dashboard. @param reward its title or id */
  removeReward(channel: string, reward: string): void {
    const place = this.channel(channel);
    this.points.removeReward(place, findReward(place, reward));
  }

  /**
   * Somebody redeems a reward.
   * @throws SimulatorError `SIMULATOR_REWARD_UNKNOWN`, `SIMULATOR_REWARD_CLOSED`
   */
  redeem(options: RedeemOptions): Redemption {
    return this.points.redeem(options);
  }

  /** The redemptions of a channel, oldest first. */
  redemptions(channel: string): readonly Redemption[] {
    return [...this.channel(channel).redemptions.values()];
  }

  /**
   * Settles a redemption as a moderator does in the queue.
   * @returns false where it was settled before, or never was
   */
  settle(
    channel: string,
    redemptionId: string,
    status: Exclude<RedemptionStatus, 'UNFULFILLED'>,
  ): boolean {
    const place = this.channel(channel);
    const redemption = place.redemptions.get(redemptionId);
    return redemption !== undefined && this.points.settle(place, redemption, status);
  }

  private channel(name: string): Channel {
    return this.world.channels.named(name);
  }
}
