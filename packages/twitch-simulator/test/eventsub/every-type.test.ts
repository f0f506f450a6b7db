import { describe, expect, it } from '@jest/globals';
import { type SubscriptionType, subscriptionTypes } from '../../src/eventsub/subscription-types.js';
import type { TwitchSimulator } from '../../src/index.js';
import { HelixClient } from '../helix/helix-client.js';
import { simulator } from '../simulator.js';
import { EventClient } from './event-client.js';

const streamer = '2002';
const bot = '1001';

type Condition = Readonly<Record<string, string>>;

/** What Twitch wants to know, for each kind. */
const conditions: Readonly<Record<SubscriptionType['condition'], Condition>> = {
  channel: { broadcaster_user_id: streamer },
  open: { broadcaster_user_id: streamer },
  reward: { broadcaster_user_id: streamer, reward_id: 'some' },
  moderator: { broadcaster_user_id: streamer, moderator_user_id: streamer },
  reader: { broadcaster_user_id: streamer, user_id: streamer },
  self: { user_id: streamer },
  raid: { to_broadcaster_user_id: streamer },
  app: { client_id: 'demo' },
};

/** Every type, so that one simulator and one connection serve all of its questions. */
const all = subscriptionTypes.map((each) => [`${each.type} ${each.version}`, each] as const);
const given = all.filter(([, { withdrawn, condition }]) => !withdrawn && condition !== 'app');

async function ask(
  twitch: TwitchSimulator,
  known: SubscriptionType,
  more: { scopes?: readonly string[]; condition?: Condition; version?: string; as?: string } = {},
) {
  const { scopes = known.scopes.slice(0, 1), condition, version = known.version, as } = more;
  const client = await EventClient.open(twitch);
  const answer = await HelixClient.as(twitch, as ?? 'streamer', scopes).call(
    'POST',
    'eventsub/subscriptions',
    {
      ...{ type: known.type, version, condition: condition ?? conditions[known.condition] },
      transport: { method: 'websocket', session_id: client.sessionId },
    },
  );
  client.socket.close();
  return answer;
}

describe('the table of types', () => {
  it('names each once, with a version that is a number', () => {
    const names = all.map(([name]) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { version } of subscriptionTypes) expect(version).toMatch(/^[12]$|^beta$/);
  });

  it('has read before manage, as whoever asks for the least wants it', () => {
    for (const { scopes } of subscriptionTypes) {
      const [first = '', second] = scopes;
      if (second !== undefined) expect([first, second].join(' ')).toMatch(/:read:.* .*:manage:/);
    }
  });
});

describe.each(given)('%s', (name, known) => {
  it('is taken with what it needs, in the shape of Twitch', async () => {
    const twitch = await simulator();
    const { status, json } = await ask(twitch, known);
    expect([name, status, json.message]).toEqual([name, 202, undefined]);
    const [made] = json.data ?? [];
    expect(made).toMatchObject({
      ...{ type: known.type, version: known.version, status: 'enabled' },
      condition: conditions[known.condition],
      transport: { method: 'websocket' },
    });
    expect(json).toMatchObject({ total: 1, max_total_cost: 10, total_cost: made?.cost });
    // What the account itself has let the application do costs nothing.
    expect(made?.cost).toBe(0);
  });

  it('takes any of its scopes, and none but those', async () => {
    const twitch = await simulator();
    const statuses = [];
    for (const scope of known.scopes) {
      statuses.push((await ask(twitch, known, { scopes: [scope] })).status);
    }
    expect(statuses.every((status) => status === 202)).toBe(true);
    const { status, json } = await ask(twitch, known, { scopes: ['clips:edit'] });
    if (known.scopes.length === 0) expect(status).toBe(202);
    else {
      expect([status, json.message]).toEqual([403, 'subscription missing proper authorization']);
    }
  });

  it('refuses conditions with more, less or nothing in them', async () => {
    const twitch = await simulator();
    const whole = conditions[known.condition];
    const [first = ''] = Object.keys(whole);
    const odd: readonly Condition[] = [
      {},
      { ...whole, [first]: '' },
      { ...whole, colour: 'red' },
      ...(known.condition === 'raid'
        ? [{ to_broadcaster_user_id: streamer, from_broadcaster_user_id: streamer }]
        : []),
    ];
    for (const condition of odd) {
      const { status, json } = await ask(twitch, known, { condition });
      expect([condition, status, json.message]).toEqual([condition, 400, 'invalid condition']);
    }
  });

  it('is of nobody else, where it tells what others need not know', async () => {
    const twitch = await simulator();
    const { status, json } = await ask(twitch, known, { as: 'pertybot', scopes: known.scopes });
    const isOpen = known.condition === 'open' || known.condition === 'raid';
    expect(status).toBe(isOpen ? 202 : 403);
    // Another's channel, which has allowed the application nothing, costs one.
    if (isOpen) expect(json.data?.[0]?.cost).toBe(1);
  });

  it('is not there in another version', async () => {
    const twitch = await simulator();
    const { status, json } = await ask(twitch, known, { version: '99' });
    expect([status, json.message]).toEqual([
      400,
      'The combination of values in the type and version fields is not valid',
    ]);
  });
});

describe('a type that is not to be had', () => {
  it.each(all.filter(([, { withdrawn }]) => withdrawn))('%s is gone', async (_, known) => {
    const twitch = await simulator();
    const { status, json } = await ask(twitch, known);
    expect([status, json.message]).toEqual([410, 'This subscription type is not available.']);
  });

  it.each(all.filter(([, { condition }]) => condition === 'app'))(
    '%s goes over no WebSocket',
    async (_, known) => {
      const twitch = await simulator();
      expect((await ask(twitch, known, { scopes: ['user:read:chat'] })).status).toBe(400);
    },
  );

  it('moderates as a moderator of the channel, and no more once he is none', async () => {
    const twitch = await simulator();
    const known = subscriptionTypes.find(({ type }) => type === 'channel.follow');
    if (known === undefined) throw new Error('There are no follows.');
    const condition = { broadcaster_user_id: streamer, moderator_user_id: bot };
    const asBot = { as: 'pertybot', condition };
    expect((await ask(twitch, known, asBot)).status).toBe(403);
    twitch.chat.setRoles('streamer', 'pertybot', ['moderator']);
    expect((await ask(twitch, known, asBot)).status).toBe(202);
    twitch.chat.setRoles('streamer', 'pertybot', []);
    expect((await ask(twitch, known, asBot)).status).toBe(403);
  });
});
