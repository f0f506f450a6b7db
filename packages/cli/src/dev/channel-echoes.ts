import type { ChannelHappening } from './channel-happening.js';
import type { ChannelEventName } from './dev-event.js';

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
  hypeTrain: [
    ['hypeTrainBegin', 'channel.hype_train.begin'],
    ['hypeTrainProgress', 'channel.hype_train.progress'],
  ],
  hypeTrainEnd: [['hypeTrainEnd', 'channel.hype_train.end']],
  poll: [
    ['pollBegin', 'channel.poll.begin'],
    ['pollEnd', 'channel.poll.end'],
  ],
  vote: [['pollProgress', 'channel.poll.progress']],
  pollEnd: [['pollEnd', 'channel.poll.end']],
  prediction: [
    ['predictionBegin', 'channel.prediction.begin'],
    ['predictionEnd', 'channel.prediction.end'],
  ],
  predictionLock: [['predictionLock', 'channel.prediction.lock']],
  predictionEnd: [['predictionEnd', 'channel.prediction.end']],
  adBreak: [['adBreak', 'channel.ad_break.begin']],
  goal: [
    ['goalBegin', 'channel.goal.begin'],
    ['goalEnd', 'channel.goal.end'],
  ],
  goalAdvance: [
    ['goalProgress', 'channel.goal.progress'],
    ['goalEnd', 'channel.goal.end'],
  ],
  charity: [
    ['charityBegin', 'channel.charity_campaign.start'],
    ['charityDonation', 'channel.charity_campaign.donate'],
  ],
  charityStop: [['charityEnd', 'channel.charity_campaign.stop']],
  shieldUp: [['shieldModeBegin', 'channel.shield_mode.begin']],
  shieldDown: [['shieldModeEnd', 'channel.shield_mode.end']],
  shoutout: [['shoutoutSent', 'channel.shoutout.create']],
  praise: [['shoutoutReceived', 'channel.shoutout.receive']],
  raidOut: [['raidOut', 'channel.raid']],
};
