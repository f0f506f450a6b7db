import type { InjectionToken } from '@pertybot/core';

/** A redemption that is neither done nor given back. */
export interface RedemptionUnderWay {
  /** Twitch's id. */
  readonly id: string;
  /** The viewer's name as shown. */
  readonly user: string;
  /** When it was redeemed, ISO 8601. */
  readonly redeemedAt: string;
  /** Whether it waits for a moderator's yes. */
  readonly awaitsApproval: boolean;
}

/** A reward of the bot in one of its channels. */
export interface ChannelReward {
  /** Its name in the bot. */
  readonly name: string;
  readonly title: string;
  readonly cost: number;
  /** Channel login. */
  readonly channel: string;
  /** Id of the plugin that wants it. */
  readonly plugin: string;
  /** What it runs, for people. */
  readonly runs: string;
  /**
   * `open`: viewers may redeem it; `paused`: not now; `missing`: it is not on Twitch; `coming`: Twitch was not
   * asked yet.
   */
  readonly state: 'open' | 'paused' | 'missing' | 'coming';
  /** Why it is not open, a sentence. */
  readonly why?: string;
  /** One line that mends it. */
  readonly hint?: string;
  /** Redemptions that are neither done nor given back. */
  readonly redemptions: number;
  /** The oldest of them, at most 20; absent where there are none. */
  readonly underWay?: readonly RedemptionUnderWay[];
}

/** The rewards of the bot as they stand on Twitch. */
export interface ChannelRewards {
  readonly list: readonly ChannelReward[];
}

/** Injection token of {@link ChannelRewards}. */
export const ChannelRewards: InjectionToken<ChannelRewards> = Symbol.for('pertybot.ChannelRewards');
