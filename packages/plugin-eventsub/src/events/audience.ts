import type { ChannelEvent, ShoutoutEvent, SubscriptionTier } from '@pertybot/core/host';
import { type EventType, eventType, ofBroadcaster, ofModerator } from './event-type.js';
import type { Fields } from './fields.js';

const tiers: Readonly<Record<string, SubscriptionTier>> = {
  Prime: 'prime',
  '1000': '1',
  '2000': '2',
  '3000': '3',
};

/** Who comes and goes, and other channels. */
export const audienceTypes: readonly EventType[] = [
  eventType<'follow'>({
    event: 'follow',
    type: 'channel.follow',
    version: '2',
    scopes: ['moderator:read:followers'],
    condition: ofModerator,
    read: (fields, channel) => ({
      channel,
      user: fields.user(),
      followedAt: fields.time('followed_at'),
    }),
  }),
  eventType<'subscriptionEnd'>({
    event: 'subscriptionEnd',
    type: 'channel.subscription.end',
    version: '1',
    scopes: ['channel:read:subscriptions'],
    condition: ofBroadcaster,
    read(fields, channel) {
      const tier = fields.text('tier');
      return {
        channel,
        user: fields.user(),
        tier: tiers[tier] ?? tier,
        gift: fields.flag('is_gift'),
      };
    },
  }),
  eventType<'raidOut'>({
    event: 'raidOut',
    type: 'channel.raid',
    version: '1',
    scopes: [],
    condition: (id) => ({ from_broadcaster_user_id: id }),
    read: (fields, channel) => ({
      channel,
      to: fields.channel('to_broadcaster_user_'),
      viewers: fields.number('viewers'),
    }),
  }),
  shoutout('shoutoutSent', 'create', 'to_broadcaster_user_'),
  shoutout('shoutoutReceived', 'receive', 'from_broadcaster_user_'),
];

function shoutout(
  event: 'shoutoutSent' | 'shoutoutReceived',
  name: string,
  other: string,
): EventType {
  return eventType<'shoutoutSent' | 'shoutoutReceived'>({
    event,
    type: `channel.shoutout.${name}`,
    version: '1',
    scopes: ['moderator:read:shoutouts', 'moderator:manage:shoutouts'],
    condition: ofModerator,
    read: (fields: Fields, channel: ChannelEvent['channel']): ShoutoutEvent => ({
      channel,
      other: fields.channel(other),
      viewers: fields.number('viewer_count'),
    }),
  });
}
