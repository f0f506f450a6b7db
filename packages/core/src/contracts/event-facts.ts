import type { AdBreakEvent, CharityDonationEvent } from './channel-events.js';
import { formatDuration } from './duration.js';
import type { EventFacts } from './event-conditions.js';
import {
  amount,
  amountOf,
  charity,
  goal,
  money,
  poll,
  prediction,
  rewards,
  shield,
  shoutout,
  tier,
  title,
  train,
  user,
  word,
  yes,
} from './event-families.js';
import type { BotEvents } from './events.js';

/** The events of a channel to which gadgets and texts react. */
export type ReactingEvent = keyof typeof facts;

const facts = {
  follow: { about: 'Somebody follows the channel.', conditions: {}, values: user },
  raid: {
    about: "Another channel's viewers came.",
    conditions: amount('viewers', 'viewers'),
    values: { ...user, viewers: ({ viewers }) => String(viewers) },
  },
  cheer: {
    about: 'A message cheers bits.',
    conditions: amount('bits', 'bits'),
    values: { ...user, bits: ({ bits }) => String(bits), text: ({ message }) => message.text },
  },
  subscribe: {
    about: 'Somebody subscribed, or shared that they did again.',
    conditions: {
      ...amount('months', 'months'),
      tier,
      renewed: yes('Whether it is a renewal.', ({ renewed }) => renewed),
    },
    values: {
      ...user,
      months: ({ months }) => String(months),
      tier: ({ tier }) => tier,
      text: ({ text }) => text,
    },
  },
  giftSubscription: {
    about: 'Somebody gave subscriptions away; a bundle counts once.',
    conditions: { ...amount('gifts at once', 'count'), tier },
    values: {
      ...user,
      gifts: ({ count }) => String(count),
      tier: ({ tier }) => tier,
      recipient: ({ recipient }) => recipient?.displayName,
    },
    // Each receiver of a bundle is told with a count of 0.
    counts: ({ count }) => count > 0,
  },
  subscriptionEnd: {
    about: 'A subscription ended and was not renewed.',
    conditions: { tier, gift: yes('Whether it was a gift.', ({ gift }) => gift) },
    values: { ...user, tier: ({ tier }) => tier },
  },
  redeem: {
    about: 'A channel-point reward was redeemed.',
    conditions: {
      reward: word(
        rewards,
        ({ rewardId }) => rewardId,
        ({ title }) => title,
      ),
      ...amount('channel points', 'cost'),
    },
    values: {
      ...user,
      reward: ({ title }) => title,
      cost: ({ cost }) => (cost === undefined ? undefined : String(cost)),
      text: ({ text }) => text,
    },
  },
  redeemUpdate: {
    about: 'A redemption was settled.',
    conditions: {
      reward: word(
        rewards,
        ({ rewardId }) => rewardId,
        ({ title }) => title,
      ),
      status: word('fulfilled or canceled.', ({ status }) => status),
    },
    values: { ...user, reward: ({ title }) => title, status: ({ status }) => status },
  },
  automaticReward: {
    about: "One of Twitch's own rewards was redeemed.",
    conditions: {
      reward: word('Such as send_highlighted_message.', ({ reward }) => reward),
      ...amount('channel points', 'cost'),
    },
    values: {
      ...user,
      reward: ({ reward }) => reward,
      cost: ({ cost }) => String(cost),
      text: ({ text }) => text,
    },
  },
  powerUp: {
    about: 'Bits were spent on a power-up.',
    conditions: {
      kind: word('message_effect, celebration, gigantify_an_emote or custom.', ({ kind }) => kind),
      title: word('Title of a custom power-up.', ({ title }) => title),
      ...amount('bits', 'bits'),
    },
    values: {
      ...user,
      kind: ({ kind }) => kind,
      bits: ({ bits }) => String(bits),
      title: ({ title }) => title,
      text: ({ text }) => text,
    },
  },
  announcement: {
    about: 'A moderator highlighted a message.',
    conditions: { color: word('Such as primary, blue or purple.', ({ color }) => color) },
    values: { ...user, text: ({ text }) => text },
  },
  hypeTrainBegin: train('A hype train begins.'),
  hypeTrainProgress: train(
    'A hype train goes on; with conditions once for each train.',
    ({ id }) => id,
  ),
  hypeTrainEnd: train('A hype train has ended.'),
  pollBegin: poll('A poll begins.'),
  pollProgress: poll('Somebody votes in a poll.'),
  pollEnd: poll('A poll has ended.', true),
  predictionBegin: prediction('A prediction begins.'),
  predictionProgress: prediction('Somebody predicts.'),
  predictionLock: prediction('A prediction takes no more points.'),
  predictionEnd: prediction('A prediction has ended.', true),
  adBreak: {
    about: 'Advertisements begin.',
    conditions: {
      ...amountOf('seconds', ({ duration }: AdBreakEvent) => duration / 1_000),
      automatic: yes('Whether Twitch began them by itself.', ({ automatic }) => automatic),
    },
    values: { duration: ({ duration }) => formatDuration(duration) },
  },
  shoutoutSent: shoutout('The channel praised another one.'),
  shoutoutReceived: shoutout('Another channel praised this one.'),
  goalBegin: goal('A goal of the channel begins.'),
  goalProgress: goal('A goal of the channel comes nearer.'),
  goalEnd: goal('A goal of the channel has ended.', true),
  charityDonation: {
    about: 'Somebody gave to the charity.',
    conditions: amountOf('units of money', ({ amount }: CharityDonationEvent) => amount.value),
    values: {
      ...user,
      amount: ({ amount }) => money(amount),
      charity: ({ charity }) => charity,
    },
  },
  charityBegin: charity('A charity campaign begins.'),
  charityProgress: charity('A charity campaign comes nearer its target.'),
  charityEnd: charity('A charity campaign has stopped.'),
  raidOut: {
    about: 'The channel raided another one.',
    conditions: amount('viewers', 'viewers'),
    values: { other: ({ to }) => to.displayName, viewers: ({ viewers }) => String(viewers) },
  },
  streamOnline: {
    about: 'The stream began.',
    conditions: {
      kind: word('live, playlist, watch_party, premiere or rerun.', ({ kind }) => kind),
    },
    values: {},
  },
  streamOffline: { about: 'The stream ended.', conditions: {}, values: {} },
  channelUpdate: {
    about: "The channel's title or category changed.",
    conditions: {
      category: word('The category that it has now.', ({ category }) => category),
      title: word('The title that it has now.', ({ title }) => title),
      language: word('Its language, such as de.', ({ language }) => language),
    },
    values: { ...title, category: ({ category }) => category },
  },
  shieldModeBegin: shield('A moderator put up the shield.'),
  shieldModeEnd: shield('A moderator took the shield down.'),
} satisfies { readonly [Event in keyof BotEvents]?: EventFacts<BotEvents[Event]> };

/**
 * What plugins.yaml may ask of each event of a channel and say of it: one table for the gadgets' `on:`, the texts'
 * `events:` and docs/events.md.
 */
export const eventFacts: {
  readonly [Event in ReactingEvent]: EventFacts<BotEvents[Event]>;
} = facts;

/** Names of the events to which gadgets and texts react. */
export const reactingEvents = Object.keys(facts) as readonly ReactingEvent[];
