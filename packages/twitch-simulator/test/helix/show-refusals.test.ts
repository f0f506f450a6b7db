import { beforeEach, describe, expect, it } from '@jest/globals';
import type { TwitchSimulator } from '../../src/index.js';
import { simulator, TestClock } from '../simulator.js';
import { HelixClient } from './helix-client.js';

let clock: TestClock;
let twitch: TwitchSimulator;
let helix: HelixClient;

beforeEach(async () => {
  clock = new TestClock();
  twitch = await simulator({ now: clock.now, tokenLifetime: 10 ** 7 });
  helix = HelixClient.as(twitch, 'streamer');
});

const own = { broadcaster_id: '2002' };
const titles = (...all: readonly unknown[]) => all.map((title) => ({ title }));

describe('POST polls', () => {
  const fine = { ...own, title: 'Which?', choices: titles('red', 'blue'), duration: 15 };
  const ask = (more: object) => helix.call('POST', 'polls', { ...fine, ...more });

  it.each([
    ['no title', { title: '' }, /"title" must be/],
    ['a long title', { title: 'x'.repeat(61) }, /"title" must be/],
    ['a title of another kind', { title: 5 }, /"title" must be/],
    ['one choice', { choices: titles('red') }, /between 2 and 5 choices/],
    ['six choices', { choices: titles(...'abcdef') }, /between 2 and 5 choices/],
    ['choices of another kind', { choices: titles(1, 2) }, /between 2 and 5 choices/],
    ['no list of choices', { choices: 'red, blue' }, /between 2 and 5 choices/],
    ['an empty choice', { choices: titles('red', '') }, /title" of a choice/],
    ['a long choice', { choices: titles('red', 'x'.repeat(26)) }, /title" of a choice/],
    ['a short time', { duration: 14 }, /"duration" must be/],
    ['a long time', { duration: 1_801 }, /"duration" must be/],
    ['half a second', { duration: 15.5 }, /"duration" must be/],
    ['no time', { duration: undefined }, /"duration" must be/],
    ['a time in words', { duration: '15' }, /"duration" must be/],
  ])('refuses %s', async (_what, more, message) => {
    const said = await ask(more);
    expect(said).toMatchObject({ status: 400, json: { message: expect.stringMatching(message) } });
    expect((await helix.call('GET', 'polls?broadcaster_id=2002')).json.data).toEqual([]);
  });

  it('takes the longest of everything', async () => {
    const choices = titles(...Array.from({ length: 5 }, (_, n) => `${n}${'😀'.repeat(24)}`));
    const said = await ask({ title: '😀'.repeat(60), choices, duration: 1_800 });
    expect([said.status, said.json.data?.[0]?.choices]).toEqual([
      200,
      choices.map(({ title }) => expect.objectContaining({ title })),
    ]);
  });

  it('refuses a second one until the first has ended', async () => {
    const first = await ask({});
    expect((await ask({})).json.message).toBe('The broadcaster already has a poll that is active');
    const change = { ...own, id: first.json.data?.[0]?.id };
    for (const [more, status] of [
      [{ id: 'gone', status: 'TERMINATED' }, 404],
      [{ status: 'COMPLETED' }, 400],
      [{}, 400],
      [{ status: 'ARCHIVED' }, 200],
      [{ status: 'ARCHIVED' }, 400],
    ] as const) {
      expect((await helix.call('PATCH', 'polls', { ...change, ...more })).status).toBe(status);
    }
    expect((await ask({})).status).toBe(200);
  });
});

describe('predictions', () => {
  const outcomes = titles('yes', 'no');
  const fine = { ...own, title: 'Will it?', outcomes, prediction_window: 30 };
  const ask = (more: object) => helix.call('POST', 'predictions', { ...fine, ...more });

  it.each([
    ['no title', { title: '' }, /"title" must be/],
    ['a long title', { title: 'x'.repeat(46) }, /"title" must be/],
    ['one outcome', { outcomes: titles('yes') }, /between 2 and 10 outcomes/],
    ['eleven outcomes', { outcomes: titles(...'abcdefghijk') }, /between 2 and 10 outcomes/],
    ['an empty outcome', { outcomes: titles('yes', '') }, /title" of an outcome/],
    ['a long outcome', { outcomes: titles('x'.repeat(26), 'no') }, /title" of an outcome/],
    ['a short window', { prediction_window: 29 }, /"prediction_window" must be/],
    ['a long window', { prediction_window: 1_801 }, /"prediction_window" must be/],
    ['half a second', { prediction_window: 30.5 }, /"prediction_window" must be/],
  ])('refuse %s', async (_what, more, message) => {
    const said = await ask(more);
    expect(said).toMatchObject({ status: 400, json: { message: expect.stringMatching(message) } });
  });

  it('go from active by locked to resolved, and nowhere else', async () => {
    const [made] = (await ask({})).json.data ?? [];
    expect((await ask({})).status).toBe(400);
    const [yes] = (made?.outcomes ?? []) as readonly { readonly id: string }[];
    const change = async (more: object) =>
      (await helix.call('PATCH', 'predictions', { ...own, id: made?.id, ...more })).status;
    expect(await change({ id: 'gone', status: 'LOCKED' })).toBe(404);
    expect(await change({ status: 'OPEN' })).toBe(400);
    expect(await change({ status: 'RESOLVED' })).toBe(400);
    expect(await change({ status: 'RESOLVED', winning_outcome_id: 'gone' })).toBe(400);
    expect(await change({ status: 'LOCKED' })).toBe(200);
    expect(await change({ status: 'LOCKED' })).toBe(400);
    expect((await ask({})).status).toBe(400);
    expect(await change({ status: 'RESOLVED', winning_outcome_id: yes?.id })).toBe(200);
    for (const status of ['LOCKED', 'CANCELED']) expect(await change({ status })).toBe(400);
    expect((await ask({})).status).toBe(200);
  });

  it('may be canceled while they are active', async () => {
    const [made] = (await ask({})).json.data ?? [];
    const change = { ...own, id: made?.id, status: 'CANCELED' };
    expect((await helix.call('PATCH', 'predictions', change)).json.data).toMatchObject([
      { status: 'CANCELED', winning_outcome_id: null, ended_at: expect.any(String) },
    ]);
  });
});

describe('what needs a stream', () => {
  it('is refused until there is one: a commercial and a marker', async () => {
    const commercial = () => helix.call('POST', 'channels/commercial', { ...own, length: 30 });
    const marker = () => helix.call('POST', 'streams/markers', { user_id: '2002' });
    expect([(await commercial()).status, (await marker()).status]).toEqual([400, 404]);
    twitch.channels.goLive({ channel: 'streamer' });
    clock.pass(90);
    expect((await marker()).json.data).toMatchObject([{ position_seconds: 90, description: '' }]);
    expect((await commercial()).json.data).toMatchObject([{ length: 30, retry_after: 480 }]);
  });

  it('has a length in seconds, of three minutes at most', async () => {
    twitch.channels.goLive({ channel: 'streamer' });
    const run = (length: unknown) => helix.call('POST', 'channels/commercial', { ...own, length });
    for (const wrong of [undefined, 'x', '60', 0, -1, null, [60]]) {
      expect((await run(wrong)).status).toBe(400);
    }
    expect((await run(9_999)).json.data).toMatchObject([{ length: 180 }]);
  });
});

describe('a raid', () => {
  it('is refused to nobody, to oneself, and cannot be called off once it landed', async () => {
    const raid = (to: string) =>
      helix.call('POST', `raids?from_broadcaster_id=2002&to_broadcaster_id=${to}`);
    expect((await raid('0')).status).toBe(404);
    expect((await raid('2002')).json.message).toBe('The broadcaster cannot raid themselves.');
    expect((await raid('1001')).status).toBe(200);
    expect((await helix.call('DELETE', 'raids?broadcaster_id=2002')).status).toBe(404);
  });
});

describe('PATCH channels', () => {
  it('takes no empty and no long title, and leaves what it is not told', async () => {
    const call = 'channels?broadcaster_id=2002';
    const change = (body: object) => helix.call('PATCH', call, body);
    expect((await change({ title: 'Blink', broadcaster_language: 'de' })).status).toBe(204);
    for (const title of ['', 'x'.repeat(141)]) {
      expect((await change({ title })).status).toBe(400);
    }
    expect((await change({ title: '😀'.repeat(140) })).status).toBe(204);
    expect((await helix.call('GET', call)).json.data).toMatchObject([
      { title: '😀'.repeat(140), broadcaster_language: 'de' },
    ]);
  });
});

describe('what Helix shows of shows', () => {
  it('is empty where nothing runs', async () => {
    for (const call of ['polls', 'predictions', 'bits/custom_power_ups']) {
      expect((await helix.call('GET', `${call}?broadcaster_id=2002`)).json.data).toEqual([]);
    }
    expect((await helix.call('GET', 'channels/ads?broadcaster_id=2002')).json.data).toHaveLength(1);
    const snooze = 'channels/ads/schedule/snooze?broadcaster_id=2002';
    expect((await helix.call('POST', snooze)).json.data).toMatchObject([{ snooze_count: 2 }]);
  });

  it('is the shield as it is', async () => {
    const call = 'moderation/shield_mode?broadcaster_id=2002&moderator_id=2002';
    const isUp = async () => (await helix.call('GET', call)).json.data?.[0]?.is_active;
    expect(await isUp()).toBe(false);
    twitch.channels.shieldMode({ channel: 'streamer', on: true });
    expect(await isUp()).toBe(true);
  });
});
