import type { BotEvents } from '@pertybot/core';

/** An event as Twitch's documentation shows it, what the bot makes of it, and what it cannot do without. */
export interface WireExample {
  /** Type and version. */
  readonly type: string;
  readonly event: keyof BotEvents;
  readonly data: Readonly<Record<string, unknown>>;
  readonly made: Readonly<Record<string, unknown>> | undefined;
  /** Paths without which it makes no sense. */
  readonly needs: readonly string[];
  /** Paths that may be missing or null, by what is made then. */
  readonly spares: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export const owner = {
  broadcaster_user_id: '1337',
  broadcaster_user_login: 'cooler_user',
  broadcaster_user_name: 'Cooler_User',
};
export const viewer = { user_id: '1234', user_login: 'cool_user', user_name: 'Cool_User' };
export const other = (prefix: string) => ({
  [`${prefix}id`]: '5678',
  [`${prefix}login`]: 'other',
  [`${prefix}name`]: 'Other',
});
const moderator = {
  moderator_user_id: '9',
  moderator_user_login: 'mod',
  moderator_user_name: 'Mod',
};
export const channel = 'cooler_user';
export const user = {
  ...{ id: '1234', login: 'cool_user', displayName: 'Cool_User', roles: ['everyone'] },
  ...{ badges: {}, monthsSubscribed: 0 },
};
export const named = { id: '5678', login: 'other', displayName: 'Other' };
export const at = '2023-07-15T17:16:03.17106713Z';
export const time = Date.parse('2023-07-15T17:16:03.171Z');
export const ofUser = ['user_id', 'user_login'];
export const bareName = { user_name: { user: { ...user, displayName: 'cool_user' } } };

export const points = 'channel.channel_points_custom_reward_redemption';
const reward = { id: '92af127c', title: 'title', cost: 100, prompt: 'reward prompt' };
export const redemption = { ...owner, ...viewer, id: '17fa2df1', user_input: 'pogchamp', reward };
export const ofRedemption = {
  channel,
  user,
  redemptionId: '17fa2df1',
  rewardId: '92af127c',
  title: 'title',
};
export const ofPoll = { id: '1243456', title: 'Are shoes just really hard socks?' };
export const choices = [
  { id: '123', title: 'Yeah!', bits_votes: 50, channel_points_votes: 70, votes: 120 },
  { id: '124', title: 'No!', bits_votes: 100, channel_points_votes: 40, votes: 140 },
];
export const madeChoices = [
  { id: '123', title: 'Yeah!', votes: 120 },
  { id: '124', title: 'No!', votes: 140 },
];
export const outcomes = [
  { id: '12', title: 'Yeah!', color: 'blue', users: 10, channel_points: 15_000 },
  { id: '22', title: 'No!', color: 'pink', users: null, channel_points: null },
];
export const madeOutcomes = [
  { id: '12', title: 'Yeah!', users: 10, points: 15_000 },
  { id: '22', title: 'No!', users: 0, points: 0 },
];
export const money = (value: number) => ({ value, decimal_places: 2, currency: 'USD' });

export function poll(name: string, event: keyof BotEvents): WireExample {
  return {
    ...{ type: `channel.poll.${name} 1`, event },
    data: { ...owner, ...ofPoll, choices, started_at: at, ends_at: at },
    made: { channel, ...ofPoll, choices: madeChoices, endsAt: time },
    needs: ['id', 'title', 'ends_at', 'choices.0.id', 'choices.0.title'],
    spares: { choices: { choices: [] } },
  };
}

export function prediction(name: string, event: keyof BotEvents, end: string): WireExample {
  return {
    ...{ type: `channel.prediction.${name} 1`, event },
    data: { ...owner, ...ofPoll, outcomes, started_at: at, [end]: at },
    made: { channel, ...ofPoll, outcomes: madeOutcomes, endsAt: time },
    needs: ['id', 'title', end, 'outcomes.1.id', 'outcomes.1.title'],
    spares: { outcomes: { outcomes: [] } },
  };
}

export function train(name: string, event: keyof BotEvents): WireExample {
  const common = { id: '1b0AsbInCHZW2SQFQkCzqN07Ib2', level: 2, total: 700 };
  return {
    ...{ type: `channel.hype_train.${name} 2`, event },
    data: {
      ...{ ...owner, ...common, progress: 200, goal: 1_000, type: 'golden_kappa' },
      ...{ started_at: at, expires_at: at, is_shared_train: false, all_time_high_level: 4 },
    },
    made: { channel, ...common, kind: 'golden_kappa', progress: 200, goal: 1_000, endsAt: time },
    needs: ['id', 'level', 'total', 'expires_at'],
    spares: { type: { kind: 'regular' }, progress: { progress: 0 }, goal: { goal: 0 } },
  };
}

export function goal(name: string, event: keyof BotEvents): WireExample {
  const common = { id: '12345-cool-event', description: 'Help me get partner!' };
  return {
    ...{ type: `channel.goal.${name} 1`, event },
    data: {
      ...{ ...owner, ...common, type: 'subscription', current_amount: 120, target_amount: 220 },
      ...{ started_at: at, is_achieved: name === 'end' },
    },
    made: {
      ...{ channel, ...common, kind: 'subscription', current: 120, target: 220 },
      ...(name === 'end' && { achieved: true }),
    },
    needs: ['id', 'type', 'current_amount', 'target_amount'],
    spares: {
      description: { description: '' },
      ...(name === 'end' && { is_achieved: { achieved: false } }),
    },
  };
}

export function charity(name: string, event: keyof BotEvents): WireExample {
  return {
    ...{ type: `channel.charity_campaign.${name} 1`, event },
    data: {
      ...{ ...owner, id: '123-abc-456-def', charity_name: 'Example name' },
      ...{ current_amount: money(150_000), target_amount: money(1_500_000), started_at: at },
    },
    made: {
      ...{ channel, id: '123-abc-456-def', charity: 'Example name' },
      ...{ current: { value: 1_500, currency: 'USD' }, target: { value: 15_000, currency: 'USD' } },
    },
    needs: ['id', 'charity_name', 'current_amount', 'target_amount.value'],
    spares: {
      'current_amount.decimal_places': { current: { value: 150_000, currency: 'USD' } },
      'target_amount.currency': { target: { value: 15_000, currency: '' } },
    },
  };
}

export function shoutout(name: string, event: keyof BotEvents, prefix: string): WireExample {
  return {
    ...{ type: `channel.shoutout.${name} 1`, event },
    data: { ...owner, ...moderator, ...other(prefix), started_at: at, viewer_count: 860 },
    made: { channel, other: named, viewers: 860 },
    needs: [`${prefix}id`, `${prefix}login`, 'viewer_count'],
    spares: { [`${prefix}name`]: { other: { ...named, displayName: 'other' } } },
  };
}

export function shield(name: string, event: keyof BotEvents): WireExample {
  return {
    ...{ type: `channel.shield_mode.${name} 1`, event },
    data: { ...owner, ...moderator, started_at: at, ended_at: at },
    made: { channel, moderator: { id: '9', login: 'mod', displayName: 'Mod' } },
    needs: ['moderator_user_id', 'moderator_user_login'],
    spares: {
      moderator_user_name: { moderator: { id: '9', login: 'mod', displayName: 'mod' } },
    },
  };
}
