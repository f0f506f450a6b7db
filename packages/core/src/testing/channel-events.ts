import type { ReactingEvent } from '../contracts/event-facts.js';
import type { BotEvents } from '../contracts/events.js';
import type { Redemption } from '../contracts/redemption.js';
import type { RedemptionWatch } from '../contracts/reward.js';
import { type HearOptions, makeMessage, makeUser } from './fake-chat.js';

/** Who redeems something in a test, and how. */
export interface RedeemOptions
  extends Pick<HearOptions, 'as' | 'roles' | 'userId' | 'channel' | 'id'>,
    Partial<RedemptionWatch> {
  /** What the viewer types. @default nothing */
  readonly text?: string;
}

let count = 0;

/** Makes a {@link Redemption} as a plugin that brings rewards to a channel would. */
export function makeRedemption(reward: string, options: RedeemOptions = {}): Redemption {
  count += 1;
  return {
    id: options.id ?? `redemption-${count}`,
    reward,
    channel: options.channel ?? 'test',
    user: makeUser(options),
    text: options.text ?? '',
    redeemedAt: 0,
  };
}

/**
 * One event of each kind to which gadgets and texts react, as a channel tells it.
 * @param who display name of the viewer
 */
export function makeChannelEvents(who = 'Alice'): {
  readonly [Event in ReactingEvent]: BotEvents[Event];
} {
  const channel = 'test';
  const user = makeUser({ as: who });
  const by = { channel, user };
  const other = { id: '7', login: 'bob', displayName: 'Bob' };
  const train = { channel, id: 't1', kind: 'regular', level: 3, total: 900, endsAt: 0 };
  const votes = [{ id: '1', title: 'red', votes: 3 }];
  const poll = { channel, id: 'p1', title: 'Colour?', choices: votes, endsAt: 0 };
  const outcomes = [{ id: '1', title: 'win', users: 3, points: 90 }];
  const prediction = { channel, id: 'q1', title: 'Boss?', outcomes, endsAt: 0 };
  const goal = { channel, id: 'g1', kind: 'follow', description: 'More!', current: 5, target: 9 };
  const money = { value: 12.5, currency: 'EUR' };
  const charity = { channel, id: 'c1', charity: 'Help', current: money, target: money };
  const moderator = { channel, moderator: other };
  return {
    follow: { ...by, followedAt: 0 },
    raid: { ...by, viewers: 5 },
    cheer: { ...by, bits: 100, message: makeMessage('Cheer100 hi', { as: who }) },
    subscribe: { ...by, tier: '1', months: 5, renewed: true, text: 'hi' },
    giftSubscription: { ...by, tier: '2', count: 5 },
    subscriptionEnd: { ...by, tier: '1', gift: false },
    redeem: { ...by, rewardId: 'r1', redemptionId: 'x', title: 'Confetti', cost: 500, text: 'hi' },
    redeemUpdate: {
      ...by,
      rewardId: 'r1',
      redemptionId: 'x',
      title: 'Confetti',
      status: 'canceled',
    },
    automaticReward: { ...by, reward: 'send_highlighted_message', cost: 200, text: 'hi' },
    powerUp: { ...by, kind: 'custom', bits: 50, text: 'hi', title: 'Boom' },
    announcement: { ...by, text: 'hi', color: 'blue' },
    hypeTrainBegin: train,
    hypeTrainProgress: train,
    hypeTrainEnd: train,
    pollBegin: poll,
    pollProgress: poll,
    pollEnd: { ...poll, status: 'completed', winner: 'red' },
    predictionBegin: prediction,
    predictionProgress: prediction,
    predictionLock: prediction,
    predictionEnd: { ...prediction, status: 'resolved', winner: 'win' },
    adBreak: { channel, duration: 90_000, automatic: true, startedAt: 0 },
    shoutoutSent: { channel, other, viewers: 5 },
    shoutoutReceived: { channel, other, viewers: 5 },
    goalBegin: goal,
    goalProgress: goal,
    goalEnd: { ...goal, achieved: true },
    charityDonation: { ...by, charity: 'Help', amount: money },
    charityBegin: charity,
    charityProgress: charity,
    charityEnd: charity,
    raidOut: { channel, to: other, viewers: 5 },
    streamOnline: { channel, id: 's1', kind: 'live', startedAt: 0 },
    streamOffline: { channel },
    channelUpdate: { channel, title: 'New lamp', category: 'Makers', language: 'en' },
    shieldModeBegin: moderator,
    shieldModeEnd: moderator,
  };
}
