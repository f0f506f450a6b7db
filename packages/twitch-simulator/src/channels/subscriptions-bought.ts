import { emotesTag } from '../chat/emotes.js';
import type { IrcLine } from '../chat/irc-line.js';
import type { TwitchNotification } from '../eventsub/notifier.js';
import type { Account } from '../people.js';
import type { BySomebody, ChannelWorld } from './channel-world.js';
import { broadcaster, nobody, user } from './triples.js';

/** A subscription's kind, as EventSub writes it; `Prime` counts as `1000`. */
export type SubscriptionTierCode = '1000' | '2000' | '3000';

/** A subscription ends and is not renewed. */
export interface EndSubscriptionOptions extends BySomebody {
  /** @default the tier that they have, or '1000' */
  readonly tier?: SubscriptionTierCode;
  /** Whether it had been given to them. @default false */
  readonly gift?: boolean;
}

/** What EventSub tells of a notice in chat that tells of subscriptions. */
export function subscriptionEvents(
  world: ChannelWorld,
  channel: Account,
  by: Account,
  line: IrcLine,
): readonly Omit<TwitchNotification, 'about'>[] {
  const { tags = {}, text = '' } = line;
  const plan = tags['msg-param-sub-plan'] ?? '1000';
  const tier = plan === 'Prime' ? '1000' : plan;
  const place = broadcaster(channel);
  const bought = (account: Account, gift: boolean) => {
    world.channels.of(channel).subscribers.set(account.id, { account, tier, gift });
    const event = { ...user(account), ...place, tier, is_gift: gift };
    return { type: 'channel.subscribe', event };
  };
  const given = (total: number) => {
    const unnamed = by.login === 'ananonymousgifter';
    const giver = unnamed ? nobody('user') : user(by);
    const event = {
      ...giver,
      ...place,
      total,
      tier,
      cumulative_total: null,
      is_anonymous: unnamed,
    };
    return { type: 'channel.subscription.gift', event };
  };
  switch (tags['msg-id']) {
    case 'sub':
      return [bought(by, false)];
    case 'resub': {
      const streak = tags['msg-param-streak-months'];
      bought(by, false);
      const event = {
        ...user(by),
        ...place,
        tier,
        message: { text, emotes: toEmotes(text) },
        cumulative_months: Number(tags['msg-param-cumulative-months'] ?? 1),
        streak_months: streak === undefined ? null : Number(streak),
        duration_months: 1,
      };
      return [{ type: 'channel.subscription.message', event }];
    }
    case 'subgift': {
      const login = tags['msg-param-recipient-user-name'] ?? '';
      const recipient = world.people.someone({ login });
      const ofBundle = tags['msg-param-community-gift-id'] !== undefined;
      return [...(ofBundle ? [] : [given(1)]), bought(recipient, true)];
    }
    case 'submysterygift':
      return [given(Number(tags['msg-param-mass-gift-count'] ?? 1))];
    default:
      return [];
  }
}

/** A subscription ends and is not renewed. */
export function endSubscription(world: ChannelWorld, options: EndSubscriptionOptions): void {
  const channel = world.channels.named(options.channel);
  const account = world.people.someone(options.as);
  const known = channel.subscribers.get(account.id);
  channel.subscribers.delete(account.id);
  world.notify({
    type: 'channel.subscription.end',
    about: { broadcaster_user_id: channel.account.id },
    event: {
      ...user(account),
      ...broadcaster(channel.account),
      tier: options.tier ?? known?.tier ?? '1000',
      is_gift: options.gift ?? known?.gift ?? false,
    },
  });
}

function toEmotes(text: string) {
  const tag = emotesTag(text);
  if (tag === '') return null;
  return tag.split('/').flatMap((each) => {
    const [id = '', ranges = ''] = each.split(':');
    return ranges.split(',').map((range) => {
      const [begin, end] = range.split('-').map(Number);
      return { begin, end, id };
    });
  });
}
