import { beforeEach, describe, expect, it } from '@jest/globals';
import type { TwitchSimulator } from '../../src/index.js';
import { EventClient } from '../eventsub/event-client.js';
import { HelixClient } from '../helix/helix-client.js';
import { simulator, TestClock } from '../simulator.js';

const rewards = 'channel_points/custom_rewards';
const type = 'channel.channel_points_custom_reward_redemption';

let clock: TestClock;
let twitch: TwitchSimulator;
let helix: HelixClient;

beforeEach(async () => {
  clock = new TestClock();
  twitch = await simulator({ now: clock.now, tokenLifetime: 10 ** 7 });
  helix = HelixClient.as(twitch, 'streamer');
});

/** Makes a reward by Helix. @returns its id */
async function reward(more: object = {}): Promise<string> {
  const body = { title: 'Lamp', cost: 100, ...more };
  const made = await helix.call('POST', `${rewards}?broadcaster_id=2002`, body);
  return String(made.json.data?.[0]?.id);
}

const change = (id: string, body: object) =>
  helix.call('PATCH', `${rewards}?broadcaster_id=2002&id=${id}`, body);

const settle = (rewardId: string, ids: readonly string[], status: string) => {
  const query = ids.map((id) => `&id=${id}`).join('');
  const place = `${rewards}/redemptions?broadcaster_id=2002&reward_id=${rewardId}`;
  return helix.call('PATCH', `${place}${query}`, { status });
};

const redeem = (login = 'alice', more: { reward?: string; text?: string } = {}) =>
  twitch.channels.redeem({ channel: 'streamer', as: { login }, reward: 'Lamp', ...more });

describe('the life of a redemption', () => {
  it('is open, then fulfilled or canceled, once, and EventSub tells of each step', async () => {
    const client = await EventClient.open(twitch);
    const id = await reward();
    for (const each of [`${type}.add`, `${type}.update`]) await helix.subscribe(client, each);
    const [one, two] = [redeem(), redeem('bob')];
    expect([one.status, two.status]).toEqual(['UNFULFILLED', 'UNFULFILLED']);
    expect((await settle(id, [one.id], 'FULFILLED')).json.data).toMatchObject([
      { id: one.id, status: 'FULFILLED', user_login: 'alice' },
    ]);
    await settle(id, [two.id], 'CANCELED');
    for (const [each, status] of [
      [one.id, 'CANCELED'],
      [two.id, 'FULFILLED'],
      [two.id, 'CANCELED'],
    ] as const) {
      expect((await settle(id, [each], status)).status).toBe(404);
    }
    await client.event(`${type}.update`, 1);
    const told = (kind: string) => client.events(`${type}.${kind}`).map(({ status }) => status);
    expect([told('add'), told('update')]).toEqual([
      ['unfulfilled', 'unfulfilled'],
      ['fulfilled', 'canceled'],
    ]);
  });

  it('is over at once where the reward skips the queue', async () => {
    const id = await reward({ should_redemptions_skip_request_queue: true });
    const { status, id: redemption } = redeem();
    expect(status).toBe('FULFILLED');
    expect((await settle(id, [redemption], 'CANCELED')).status).toBe(404);
  });

  it('keeps the reward as it was when it was redeemed', async () => {
    const id = await reward({ prompt: 'for a minute' });
    redeem();
    await change(id, { title: 'Bulb', cost: 7 });
    const place = `${rewards}/redemptions?broadcaster_id=2002&reward_id=${id}&status=UNFULFILLED`;
    expect((await helix.call('GET', place)).json.data).toMatchObject([
      { reward: { id, title: 'Lamp', cost: 100, prompt: 'for a minute' } },
    ]);
  });

  it('is settled of one reward alone, and not by the id of another', async () => {
    const id = await reward();
    const other = await reward({ title: 'Fan' });
    const redemption = redeem();
    expect((await settle(other, [redemption.id], 'CANCELED')).status).toBe(404);
    expect((await settle(id, [redemption.id], 'CANCELED')).status).toBe(200);
  });

  it('is settled with those of a list that are open, the others being left', async () => {
    const id = await reward();
    const all = ['a', 'b', 'c'].map((login) => redeem(login).id);
    await settle(id, all.slice(0, 1), 'CANCELED');
    const rest = await settle(id, [...all, 'gone'], 'FULFILLED');
    expect(rest.json.data?.map((each) => each.id)).toEqual(all.slice(1));
    expect(twitch.channels.redemptions('streamer').map(({ status }) => status)).toEqual([
      ...['CANCELED', 'FULFILLED', 'FULFILLED'],
    ]);
  });

  it('is fulfilled when its reward is deleted, which is too late for a refund', async () => {
    const client = await EventClient.open(twitch);
    const id = await reward();
    await helix.subscribe(client, `${type}.update`);
    const { id: redemption } = redeem();
    await helix.call('DELETE', `${rewards}?broadcaster_id=2002&id=${id}`);
    expect(await client.event(`${type}.update`)).toMatchObject({
      ...{ id: redemption, status: 'fulfilled' },
    });
    expect((await settle(id, [redemption], 'CANCELED')).status).toBe(404);
  });

  it('is told of to whoever listens to that reward, and to nobody else', async () => {
    const [id, other] = [await reward(), await reward({ title: 'Fan' })];
    const [mine, theirs] = [await EventClient.open(twitch), await EventClient.open(twitch)];
    await helix.subscribe(mine, `${type}.add`, '1', { reward_id: id });
    await helix.subscribe(theirs, `${type}.add`, '1', { reward_id: other });
    redeem('alice', { reward: 'Fan' });
    redeem('bob');
    expect(await mine.event(`${type}.add`)).toMatchObject({ user_login: 'bob' });
    expect(await theirs.event(`${type}.add`)).toMatchObject({ user_login: 'alice' });
    expect([mine, theirs].map((each) => each.events(`${type}.add`).length)).toEqual([1, 1]);
  });
});

describe('a reward that cannot be redeemed', () => {
  it('says why: disabled, paused, gone, without points', async () => {
    const id = await reward();
    await change(id, { is_paused: true });
    expect(() => redeem()).toThrow('"Lamp" is paused.');
    await change(id, { is_enabled: false });
    expect(() => redeem()).toThrow('"Lamp" is disabled.');
    await change(id, { is_enabled: true, is_paused: false });
    expect(redeem().status).toBe('UNFULFILLED');
    twitch.channels.setType('streamer', '');
    expect(() => redeem()).toThrow('the channel has no channel points');
    await helix.call('DELETE', `${rewards}?broadcaster_id=2002&id=${id}`);
    twitch.channels.setType('streamer', 'affiliate');
    await helix.call('DELETE', `${rewards}?broadcaster_id=2002&id=${id}`);
    expect(() => redeem()).toThrow('#streamer has no reward "Lamp".');
  });

  it('asks for a text of up to 200 characters, where it asks for one', async () => {
    await reward({ is_user_input_required: true });
    for (const text of [undefined, '', '   ']) {
      expect(() => redeem('alice', text === undefined ? {} : { text })).toThrow('asks for a text');
    }
    expect(() => redeem('alice', { text: '😀'.repeat(201) })).toThrow('at most 200');
    expect(redeem('alice', { text: '😀'.repeat(200) }).input).toBe('😀'.repeat(200));
  });

  it('drops a text that nobody asked for', async () => {
    await reward();
    expect(redeem('alice', { text: 'unasked' }).input).toBe('');
  });

  it('cools down to the second, for everybody', async () => {
    await reward({ is_global_cooldown_enabled: true, global_cooldown_seconds: 60 });
    redeem();
    clock.pass(59.9);
    expect(() => redeem('bob')).toThrow('is cooling down');
    clock.pass(0.1);
    expect(redeem('bob').status).toBe('UNFULFILLED');
  });

  it('is out of stock for a stream, and in stock again with the next', async () => {
    const id = await reward({ is_max_per_stream_enabled: true, max_per_stream: 2 });
    twitch.channels.goLive({ channel: 'streamer' });
    redeem();
    redeem('bob');
    expect(() => redeem('carol')).toThrow('is out of stock');
    const [shown] =
      (await helix.call('GET', `${rewards}?broadcaster_id=2002&id=${id}`)).json.data ?? [];
    expect(shown).toMatchObject({ is_in_stock: false, redemptions_redeemed_current_stream: 2 });
    twitch.channels.goOffline({ channel: 'streamer' });
    twitch.channels.goLive({ channel: 'streamer' });
    expect(redeem('carol').status).toBe('UNFULFILLED');
  });

  it('is counted for each viewer, but not what was given back', async () => {
    const id = await reward({
      is_max_per_user_per_stream_enabled: true,
      max_per_user_per_stream: 1,
    });
    const { id: first } = redeem();
    expect(() => redeem()).toThrow('often enough');
    expect(redeem('bob').status).toBe('UNFULFILLED');
    await settle(id, [first], 'CANCELED');
    expect(redeem().status).toBe('UNFULFILLED');
  });
});
