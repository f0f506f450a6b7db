import {
  type AdBreakOptions,
  adBreak,
  raidOut,
  type ShieldModeOptions,
  type ShoutoutOptions,
  shieldMode,
  shoutout,
} from './announcements.js';
import { type AutomaticRewardOptions, automaticReward } from './automatic-reward.js';
import { type CustomPowerUpOptions, customPowerUp, type PowerUpOptions, powerUp } from './bits.js';
import type { BroadcasterType, Channel } from './channel.js';
import type { BySomebody, ChannelWorld, OnChannel } from './channel-world.js';
import { Charity, type CharityOptions } from './charity.js';
import type { CustomReward, NewReward, RewardSettings } from './custom-reward.js';
import { follow } from './follow.js';
import { Goal, type GoalOptions } from './goal.js';
import type { HypeTrain, HypeTrainOptions } from './hype-train.js';
import { unban } from './moderation.js';
import { findReward, type Points, type RedeemOptions } from './points.js';
import type { Poll, PollOptions } from './poll.js';
import type { Prediction, PredictionOptions } from './prediction.js';
import type { Redemption, RedemptionStatus } from './redemption.js';
import type { Running } from './running.js';
import { type SampleOptions, sample } from './samples.js';
import {
  type GoLiveOptions,
  goLive,
  goOffline,
  type UpdateChannelOptions,
  updateChannel,
} from './stream.js';
import { type EndSubscriptionOptions, endSubscription } from './subscriptions-bought.js';

/** A reward that is made beside the API. */
export type AddRewardOptions = NewReward & {
  /** With or without `#`. */
  readonly channel: string;
  /** The application that made it. @default none: it was made in the dashboard */
  readonly clientId?: string;
};

/**
 * What happens on channels beside chat, as tests and `pertybot dev` let it happen. What chat is told of, such as bits,
 * subscriptions and raids, is said there, by `twitch.chat`, and seen here as well.
 */
export class TwitchChannels {
  /** @internal */
  constructor(
    private readonly world: ChannelWorld,
    private readonly points: Points,
    private readonly running: Running,
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

  /** Somebody redeems one of Twitch's own rewards. */
  automaticReward(options: AutomaticRewardOptions): void {
    automaticReward(this.world, options);
  }

  /** Somebody spends bits on a power-up of Twitch's own. */
  powerUp(options: PowerUpOptions): void {
    powerUp(this.world, options);
  }

  /** Somebody spends bits on a power-up that the channel made. */
  customPowerUp(options: CustomPowerUpOptions): void {
    customPowerUp(this.world, options);
  }

  /** A subscription ends and is not renewed. */
  endSubscription(options: EndSubscriptionOptions): void {
    endSubscription(this.world, options);
  }

  /** A hype train sets off; one that runs already ends. */
  hypeTrain(options: HypeTrainOptions): HypeTrain {
    return this.running.hypeTrain(options);
  }

  /** A poll begins; one that runs already is ended. */
  poll(options: PollOptions): Poll {
    return this.running.poll(options);
  }

  /** A prediction begins; one that runs already is canceled. */
  prediction(options: PredictionOptions): Prediction {
    return this.running.prediction(options);
  }

  /** A goal begins. */
  goal(options: GoalOptions): Goal {
    return new Goal(this.world, this.channel(options.channel).account, options);
  }

  /** A charity campaign begins. */
  charity(options: CharityOptions): Charity {
    return new Charity(this.world, this.channel(options.channel).account, options);
  }

  /** Advertisements begin. */
  adBreak(options: AdBreakOptions): void {
    adBreak(this.world, options);
  }

  /** One channel praises another; both are told. */
  shoutout(options: ShoutoutOptions): void {
    shoutout(this.world, options);
  }

  /** The shield goes up or down. */
  shieldMode(options: ShieldModeOptions): void {
    shieldMode(this.world, options);
  }

  /** The channel's viewers land in another one. */
  raidOut(options: OnChannel & { readonly to: string; readonly viewers: number }): void {
    raidOut(this.world, options);
  }

  /** A stream begins. */
  goLive(options: GoLiveOptions): void {
    goLive(this.world, options);
  }

  /** A stream ends. */
  goOffline(options: OnChannel): void {
    goOffline(this.world, options);
  }

  /** A title, a category or a language changes. */
  update(options: UpdateChannelOptions): void {
    updateChannel(this.world, options);
  }

  /** Somebody who was banned may write again. */
  unban(options: BySomebody): void {
    unban(this.world, options);
  }

  /**
   * Lets something happen for which there is no action of its own: warnings, unban requests, AutoMod, shared chats.
   * @throws SimulatorError `SIMULATOR_EVENT_UNFIT` for a type without a sample
   */
  sample(options: SampleOptions): void {
    sample(this.world, options);
  }

  private channel(name: string): Channel {
    return this.world.channels.named(name);
  }
}
