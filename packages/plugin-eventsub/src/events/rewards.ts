import { type EventType, eventType, ofBroadcaster } from './event-type.js';

const scopes = ['channel:read:redemptions', 'channel:manage:redemptions'];

/** Channel points. */
export const rewardTypes: readonly EventType[] = [
  eventType<'redeem'>({
    event: 'redeem',
    type: 'channel.channel_points_custom_reward_redemption.add',
    version: '1',
    scopes,
    condition: ofBroadcaster,
    read(fields, channel) {
      const reward = fields.object('reward');
      return {
        channel,
        user: fields.user(),
        redemptionId: fields.text('id'),
        rewardId: reward.text('id'),
        title: reward.text('title'),
        cost: reward.number('cost'),
        text: fields.optionalText('user_input') ?? '',
        status: fields.optionalText('status') ?? 'unknown',
        redeemedAt: fields.time('redeemed_at'),
      };
    },
  }),
  eventType<'redeemUpdate'>({
    event: 'redeemUpdate',
    type: 'channel.channel_points_custom_reward_redemption.update',
    version: '1',
    scopes,
    condition: ofBroadcaster,
    read(fields, channel) {
      const reward = fields.object('reward');
      return {
        channel,
        user: fields.user(),
        redemptionId: fields.text('id'),
        rewardId: reward.text('id'),
        title: reward.optionalText('title') ?? '',
        status: fields.text('status'),
      };
    },
  }),
  eventType<'automaticReward'>({
    event: 'automaticReward',
    type: 'channel.channel_points_automatic_reward_redemption.add',
    version: '2',
    scopes,
    condition: ofBroadcaster,
    read(fields, channel) {
      const reward = fields.object('reward');
      return {
        channel,
        user: fields.user(),
        reward: reward.text('type'),
        cost: reward.count('channel_points'),
        text: fields.optionalObject('message')?.optionalText('text') ?? '',
      };
    },
  }),
];
