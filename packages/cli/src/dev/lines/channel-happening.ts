import type { ChannelEventName } from '../dev-event.js';
import type { Actor } from './actor.js';

type Echo = readonly [event: ChannelEventName, type: string];

/** Events of the bot that come of it, each with the type of EventSub that brings it; the surest first. */
export const channelEchoes: Readonly<Record<ChannelHappening['kind'], readonly Echo[]>> = {
  follow: [['follow', 'channel.follow']],
  unsubscribe: [['subscriptionEnd', 'channel.subscription.end']],
  donate: [
    ['charityDonation', 'channel.charity_campaign.donate'],
    ['charityProgress', 'channel.charity_campaign.progress'],
  ],
  highlight: [['automaticReward', 'channel.channel_points_automatic_reward_redemption.add']],
  powerUp: [['powerUp', 'channel.bits.use']],
  settle: [['redeemUpdate', 'channel.channel_points_custom_reward_redemption.update']],
  goLive: [['streamOnline', 'stream.online']],
  goOffline: [['streamOffline', 'stream.offline']],
  update: [['channelUpdate', 'channel.update']],
  hypeTrain: [['hypeTrainBegin', 'channel.hype_train.begin']],
  hypeTrainEnd: [['hypeTrainEnd', 'channel.hype_train.end']],
  poll: [['pollBegin', 'channel.poll.begin']],
  vote: [['pollProgress', 'channel.poll.progress']],
  pollEnd: [['pollEnd', 'channel.poll.end']],
  prediction: [['predictionBegin', 'channel.prediction.begin']],
  predictionLock: [['predictionLock', 'channel.prediction.lock']],
  predictionEnd: [['predictionEnd', 'channel.prediction.end']],
  adBreak: [['adBreak', 'channel.ad_break.begin']],
  goal: [['goalBegin', 'channel.goal.begin']],
  goalAdvance: [['goalProgress', 'channel.goal.progress']],
  charity: [['charityBegin', 'channel.charity_campaign.start']],
  charityStop: [['charityEnd', 'channel.charity_campaign.stop']],
  shieldUp: [['shieldModeBegin', 'channel.shield_mode.begin']],
  shieldDown: [['shieldModeEnd', 'channel.shield_mode.end']],
  shoutout: [['shoutoutSent', 'channel.shoutout.create']],
  praise: [['shoutoutReceived', 'channel.shoutout.receive']],
  raidOut: [['raidOut', 'channel.raid']],
};

/** Types of EventSub by which the bot hears of it later, or perhaps: nobody waits for those. */
export const laterEchoes: Readonly<Partial<Record<ChannelHappening['kind'], readonly string[]>>> = {
  hypeTrain: ['channel.hype_train.progress', 'channel.hype_train.end'],
  poll: ['channel.poll.progress', 'channel.poll.end'],
  vote: ['channel.poll.end'],
  prediction: ['channel.prediction.progress', 'channel.prediction.lock', 'channel.prediction.end'],
  predictionLock: ['channel.prediction.end'],
  goal: ['channel.goal.progress', 'channel.goal.end'],
  goalAdvance: ['channel.goal.end'],
  charity: [
    'channel.charity_campaign.donate',
    'channel.charity_campaign.progress',
    'channel.charity_campaign.stop',
  ],
};

/** Something of which chat is not told: Twitch tells it over EventSub alone. */
export type ChannelHappening =
  | { readonly kind: 'follow'; readonly by: Actor }
  | { readonly kind: 'unsubscribe'; readonly by: Actor }
  | { readonly kind: 'donate'; readonly by: Actor; readonly amount: number }
  | { readonly kind: 'highlight'; readonly by: Actor; readonly text: string }
  | { readonly kind: 'powerUp'; readonly by: Actor; readonly bits: number; readonly text: string }
  | {
      readonly kind: 'settle';
      readonly reward: string;
      readonly status: 'FULFILLED' | 'CANCELED';
    }
  | { readonly kind: 'goLive' }
  | { readonly kind: 'goOffline' }
  | { readonly kind: 'update'; readonly title?: string; readonly category?: string }
  | { readonly kind: 'hypeTrain'; readonly level: number }
  | { readonly kind: 'hypeTrainEnd' }
  | { readonly kind: 'poll'; readonly title: string; readonly choices: readonly string[] }
  | { readonly kind: 'vote'; readonly choice: string; readonly votes: number }
  | { readonly kind: 'pollEnd' }
  | { readonly kind: 'prediction'; readonly title: string; readonly outcomes: readonly string[] }
  | { readonly kind: 'predictionLock' }
  /** The outcome that won; absent where the points are given back. */
  | { readonly kind: 'predictionEnd'; readonly outcome?: string }
  | { readonly kind: 'adBreak'; readonly seconds: number }
  | { readonly kind: 'goal'; readonly target: number; readonly description: string }
  | { readonly kind: 'goalAdvance'; readonly amount: number }
  | { readonly kind: 'charity'; readonly target: number; readonly charity: string }
  | { readonly kind: 'charityStop' }
  | { readonly kind: 'shieldUp' }
  | { readonly kind: 'shieldDown' }
  | { readonly kind: 'shoutout'; readonly to: string }
  | { readonly kind: 'praise'; readonly by: Actor }
  | { readonly kind: 'raidOut'; readonly to: string; readonly viewers: number };

/** By what one knows that the bot has heard what EventSub tells. */
export type ChannelEcho =
  /** The event of the bot, of the type that it subscribed to. */
  | { readonly type: ChannelEventName }
  /** A redemption that the bot or somebody else settles. */
  | { readonly redemptionId: string }
  /** The bot hears of it when it goes on or ends. */
  | 'later'
  /** The bot subscribed to nothing of it: the events that it might listen to. */
  | { readonly deafTo: readonly string[] };
