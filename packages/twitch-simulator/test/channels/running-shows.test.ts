import { describe, expect, it } from '@jest/globals';
import { EventClient } from '../eventsub/event-client.js';
import { allScopes, HelixClient } from '../helix/helix-client.js';
import { simulator } from '../simulator.js';

const channel = 'streamer';
const alice = { login: 'alice', displayName: 'Alice' };
const bob = { login: 'bob', displayName: 'Bob' };

async function hearing(...types: readonly string[]) {
  const twitch = await simulator({ eventSub: { progressInterval: 5 } });
  const client = await EventClient.subscribed(twitch, allScopes, ...types);
  return { twitch, client };
}

const stages = (type: string, ...names: readonly string[]) =>
  names.map((name) => `channel.${type}.${name}`);

describe('a poll', () => {
  const titles = (count: number) => Array.from({ length: count }, (_, n) => `choice ${n}`);

  it.each([0, 1, 6, 100])('of %i choices is none', async (count) => {
    const twitch = await simulator();
    const choices = titles(count);
    expect(() => twitch.channels.poll({ channel, title: 'x', choices })).toThrow('two to five');
  });

  it('tells of no votes before there are any, and counts them by title or number', async () => {
    const { twitch, client } = await hearing(...stages('poll', 'begin', 'progress', 'end'));
    const poll = twitch.channels.poll({ channel, title: 'x', choices: ['Red', '2', 'blue'] });
    const begun = await client.event('channel.poll.begin');
    expect(begun.choices).toEqual(
      ['Red', '2', 'blue'].map((title) => ({ id: expect.any(String), title })),
    );
    expect([poll.vote('RED'), poll.vote(3), poll.vote('none'), poll.vote(0)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    poll.end();
    poll.end('archived');
    expect(await client.event('channel.poll.end')).toMatchObject({ status: 'terminated' });
    expect(client.events('channel.poll.end')).toHaveLength(1);
    expect(poll.choices.map(({ votes }) => votes)).toEqual([1, 0, 1]);
  });

  it('takes the place of the one before, which ends', async () => {
    const { twitch, client } = await hearing(...stages('poll', 'begin', 'end'));
    const first = twitch.channels.poll({ channel, title: 'first', choices: ['a', 'b'] });
    twitch.channels.poll({ channel, title: 'second', choices: ['a', 'b'] });
    expect(first.status).toBe('terminated');
    await client.event('channel.poll.begin', 1);
    const told = client.of('notification').map(({ metadata, payload }) => {
      return `${metadata.subscription_type} ${payload.event?.title}`;
    });
    expect(told).toEqual([
      'channel.poll.begin first',
      'channel.poll.end first',
      'channel.poll.begin second',
    ]);
  });
});

describe('a prediction', () => {
  it.each([0, 1, 11])('of %i outcomes is none', async (count) => {
    const twitch = await simulator();
    const outcomes = Array.from({ length: count }, (_, n) => `outcome ${n}`);
    expect(() => twitch.channels.prediction({ channel, title: 'x', outcomes })).toThrow(
      'two to ten',
    );
  });

  it('gives everything back when it is canceled, and nobody has won', async () => {
    const { twitch, client } = await hearing(...stages('prediction', 'progress', 'end'));
    const outcomes = ['yes', 'no'];
    const prediction = twitch.channels.prediction({ channel, title: 'x', outcomes });
    prediction.predict({ as: alice, outcome: 'YES', points: 10 });
    prediction.predict({ as: alice, outcome: 1, points: 5 });
    expect(prediction.predict({ as: bob, outcome: 'maybe', points: 5 })).toBe(false);
    const progress = await client.event('channel.prediction.progress');
    expect(progress.outcomes).toMatchObject([
      { users: 1, channel_points: 15, color: 'blue' },
      { users: 0, channel_points: 0, top_predictors: [] },
    ]);
    expect(prediction.cancel()).toBe(true);
    expect(prediction.resolve('yes')).toBe(false);
    const end = await client.event('channel.prediction.end');
    expect(end).toMatchObject({ status: 'canceled', winning_outcome_id: null });
    expect(end.outcomes).toMatchObject([
      { top_predictors: [{ channel_points_won: null, channel_points_used: 15 }] },
      {},
    ]);
    expect(client.events('channel.prediction.end')).toHaveLength(1);
  });

  it('is won by an outcome on which nobody has put anything', async () => {
    const { twitch, client } = await hearing('channel.prediction.end');
    const prediction = twitch.channels.prediction({ channel, title: 'x', outcomes: ['a', 'b'] });
    prediction.predict({ as: alice, outcome: 'a', points: 10 });
    prediction.predict({ as: bob, outcome: 'b', points: 0 });
    prediction.lock();
    expect(prediction.resolve('b')).toBe(true);
    const { outcomes, winning_outcome_id: winner } = await client.event('channel.prediction.end');
    const [lost, won] = outcomes as Readonly<Record<string, unknown>>[];
    expect(won?.id).toBe(winner);
    expect(lost).toMatchObject({ top_predictors: [{ channel_points_won: 0 }] });
    expect(won).toMatchObject({ top_predictors: [{ channel_points_won: 0 }] });
  });

  it('names the ten who put in most', async () => {
    const { twitch, client } = await hearing('channel.prediction.lock');
    const prediction = twitch.channels.prediction({ channel, title: 'x', outcomes: ['a', 'b'] });
    for (let n = 1; n <= 15; n += 1) {
      prediction.predict({ as: { login: `viewer${n}` }, outcome: 'a', points: n });
    }
    prediction.lock();
    prediction.lock();
    const { outcomes } = await client.event('channel.prediction.lock');
    const [first] = outcomes as { users: number; top_predictors: { user_login: string }[] }[];
    expect(first?.users).toBe(15);
    expect(first?.top_predictors.map(({ user_login }) => user_login)).toEqual(
      Array.from({ length: 10 }, (_, n) => `viewer${15 - n}`),
    );
    expect(client.events('channel.prediction.lock')).toHaveLength(1);
  });
});

describe('a goal', () => {
  it('ends when it is reached, and moves no more', async () => {
    const { twitch, client } = await hearing(...stages('goal', 'begin', 'progress', 'end'));
    const goal = twitch.channels.goal({ channel, target: 10, current: 7, description: 'more' });
    goal.advance(2);
    goal.advance(5);
    goal.advance(100);
    goal.end();
    expect(await client.event('channel.goal.end')).toMatchObject({
      ...{ type: 'follow', description: 'more', current_amount: 14, target_amount: 10 },
      is_achieved: true,
    });
    const amounts = client.events('channel.goal.progress').map((each) => each.current_amount);
    expect(amounts).toEqual([9, 14]);
    expect(client.events('channel.goal.end')).toHaveLength(1);
  });

  it('may be given up', async () => {
    const { twitch, client } = await hearing('channel.goal.end');
    twitch.channels.goal({ channel, target: 10, type: 'new_bit' }).end();
    const end = await client.event('channel.goal.end');
    expect(end).toMatchObject({ type: 'new_bit', is_achieved: false, current_amount: 0 });
  });
});

describe('a charity campaign', () => {
  it('counts what is given in the smallest coins, and nothing once it has stopped', async () => {
    const { twitch, client } = await hearing(
      ...stages('charity_campaign', 'start', 'donate', 'progress', 'stop'),
    );
    const campaign = twitch.channels.charity({
      ...{ channel, charity: 'Lamps', target: 19.99, currency: 'EUR' },
    });
    campaign.donate({ as: alice, amount: 0.1 });
    campaign.donate({ as: bob, amount: 0.2 });
    campaign.stop();
    campaign.donate({ as: bob, amount: 5 });
    campaign.stop();
    const stop = await client.event('channel.charity_campaign.stop');
    const money = (value: number) => ({ value, decimal_places: 2, currency: 'EUR' });
    expect(stop).toMatchObject({ current_amount: money(30), target_amount: money(1999) });
    const given = client.events('channel.charity_campaign.donate');
    expect(given.map(({ user_login, amount }) => [user_login, amount])).toEqual([
      ['alice', money(10)],
      ['bob', money(20)],
    ]);
    // Twitch calls the channel otherwise here.
    expect(given[0]).toMatchObject({ broadcaster_login: 'streamer', campaign_id: stop.id });
    expect(given[0]).not.toHaveProperty('broadcaster_user_login');
  });
});

describe('a hype train', () => {
  const types = ['begin', 'progress', 'end'].map((name) => `channel.hype_train.${name} 2`);

  it('makes way for the next one, and takes nothing when it has ended', async () => {
    const { twitch, client } = await hearing(...types);
    const first = twitch.channels.hypeTrain({ channel });
    const second = twitch.channels.hypeTrain({ channel });
    expect([first.running, second.running]).toEqual([false, true]);
    first.contribute({ as: alice, points: 1_000 });
    second.end();
    second.end();
    second.contribute({ as: alice, points: 1_000 });
    await client.event('channel.hype_train.end', 1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(client.events('channel.hype_train.end')).toHaveLength(2);
    const late = client.events('channel.hype_train.progress').filter(({ total }) => total !== 0);
    expect(late.every(({ total }) => Number(total) < 1_000)).toBe(true);
  });

  it('is to be seen by Helix while it runs, and no longer', async () => {
    const twitch = await simulator();
    const helix = HelixClient.as(twitch, channel);
    const now = async () => {
      const { json } = await helix.call('GET', 'hypetrain/status?broadcaster_id=2002');
      return json.data?.[0]?.current;
    };
    expect(await now()).toBeNull();
    const train = twitch.channels.hypeTrain({ channel, level: 3 });
    expect(await now()).toMatchObject({ level: 3 });
    train.end();
    expect(await now()).toBeNull();
  });
});

describe('what one does by Helix and by hand is the same', () => {
  it('of polls: the one by Helix ends the one by hand, or is refused', async () => {
    const twitch = await simulator();
    const helix = HelixClient.as(twitch, channel);
    const poll = twitch.channels.poll({ channel, title: 'by hand', choices: ['a', 'b'] });
    const body = {
      ...{ broadcaster_id: '2002', title: 'by Helix', duration: 60 },
      choices: [{ title: 'x' }, { title: 'y' }],
    };
    const answer = await helix.call('POST', 'polls', body);
    // Twitch has one poll at a time.
    if (answer.status === 200) expect(poll.status).toBeDefined();
    else expect([answer.status, poll.status]).toEqual([400, undefined]);
    const { json } = await helix.call('GET', 'polls?broadcaster_id=2002');
    expect(json.data?.[0]).toMatchObject({ broadcaster_login: 'streamer' });
  });
});
