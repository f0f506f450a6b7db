import { describe, expect, it } from '@jest/globals';
import type { BotEvents, Inbox } from '@pertybot/core';
import { MemoryLogger } from '@pertybot/core/testing';
import { eventTypes } from '../../src/events/event-types.js';
import { Fields } from '../../src/events/fields.js';
import { Translator } from '../../src/events/translator.js';
import { wireExamples } from './wire-examples.js';

const channel = 'cooler_user';

/** A translator, what it told and what it complained of. */
function fixture(isHeard = false) {
  const told: [keyof BotEvents, unknown][] = [];
  const log = new MemoryLogger();
  const inbox = {
    isHeard: (event: keyof BotEvents) => isHeard && event === 'eventsub',
    emit: (event: keyof BotEvents, data: unknown) => void told.push([event, data]),
  };
  // It uses no more of the inbox.
  const translator = new Translator(inbox as unknown as Inbox, log);
  const tell = (typeAndVersion: string, data: unknown) => {
    const [type = '', version = ''] = typeAndVersion.split(' ');
    translator.tell({ channel, type, version, data });
  };
  return { translator, tell, told, log };
}

/** A copy in which the value at `path` is another one; undefined leaves it away. */
function withValue(data: unknown, path: string, value: unknown): unknown {
  const copy = structuredClone(data) as Record<string, unknown>;
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const parent = keys.reduce((each, key) => each[key] as Record<string, unknown>, copy);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return JSON.parse(JSON.stringify(copy));
}

const examples = wireExamples.map((example) => [example.type, example] as const);
const needs = wireExamples.flatMap(({ needs: all, ...rest }) =>
  all.map((path) => [rest.type, path, rest] as const),
);
const spares = wireExamples.flatMap(({ spares: all, ...rest }) =>
  Object.entries(all).map(([path, change]) => [rest.type, path, { ...rest, change }] as const),
);

describe('what Twitch tells', () => {
  it('has an example of each type that the bot knows, and of no other', () => {
    const known = eventTypes.map(({ type, version }) => `${type} ${version}`);
    expect(wireExamples.map(({ type }) => type).sort()).toEqual(known.sort());
  });

  it.each(examples)('becomes an event of the bot: %s', (type, { event, data, made }) => {
    const { tell, told, log } = fixture();
    tell(type, data);
    expect(told).toEqual([[event, made]]);
    expect(log.lines).toEqual([]);
  });

  it.each(examples)('may have more than the bot knows: %s', (type, { event, data, made }) => {
    const { tell, told } = fixture();
    tell(type, { ...data, new_field: { deep: [1] }, another: null });
    expect(told).toEqual([[event, made]]);
  });

  it.each(needs)(
    'is dropped, and said, where it lacks what it needs: %s without %s',
    (type, path, { data }) => {
      const { translator, tell, told, log } = fixture();
      for (const nothing of [undefined, null, {}, []]) tell(type, withValue(data, path, nothing));
      expect(told).toEqual([]);
      expect(translator.malformed).toBe(4);
      const [first] = log.lines;
      expect(first?.message).toContain(
        `An event "${type.split(' ')[0]}" of "${channel}" makes no sense`,
      );
      expect(first?.message).toContain(`"${path.split('.').at(-1)}"`);
      expect(first?.fields.hint).toContain('update the plugin');
    },
  );

  it.each(spares)(
    'does without what may be missing or null: %s without %s',
    (type, path, { event, data, made, change }) => {
      for (const nothing of [undefined, null]) {
        const { tell, told } = fixture();
        tell(type, withValue(data, path, nothing));
        expect(told).toEqual([[event, { ...made, ...change }]]);
      }
    },
  );

  it.each([undefined, null, 7, 'text', true])('is dropped where it is no object: %p', (data) => {
    const { translator, tell, told } = fixture();
    for (const [type] of examples) tell(type, data);
    expect(told).toEqual([]);
    expect(translator.malformed).toBe(examples.length);
  });
});

describe('what Twitch tells beside', () => {
  it('is handed on as it came, also of types and versions that nobody knows', () => {
    const { tell, told, translator } = fixture(true);
    tell('channel.party 1', { cake: true });
    tell('channel.follow 99', { broadcaster_user_login: 'X' });
    expect(told).toEqual([
      ['eventsub', { channel, type: 'channel.party', version: '1', data: { cake: true } }],
      [
        'eventsub',
        { channel, type: 'channel.follow', version: '99', data: { broadcaster_user_login: 'X' } },
      ],
    ]);
    expect([translator.knows('channel.party'), translator.knows('channel.follow')]).toEqual([
      ...[false, true],
    ]);
  });

  it('is not made into anything where nobody listens to all', () => {
    const { tell, told } = fixture();
    tell('channel.party 1', {});
    expect(told).toEqual([]);
  });

  it('hands on what makes no sense, too: who listens to all sees it as it came', () => {
    const { tell, told } = fixture(true);
    tell('channel.follow 2', { broken: true });
    expect(told.map(([event]) => event)).toEqual(['eventsub']);
  });

  it.each([
    [{ broadcaster_user_login: 'Alice' }, 'alice'],
    [{ broadcaster_user_login: 7 }, ''],
    [{}, ''],
    [null, ''],
    [undefined, ''],
    ['text', ''],
  ])('names its channel, or none: %p', (data, login) => {
    expect(fixture().translator.channelOf(data)).toBe(login);
  });

  it('leaves to others what they bring: cheers to chat, and a custom power-up to its own event', () => {
    const { tell, told } = fixture();
    const [, bits] = examples.find(([type]) => type === 'channel.bits.use 1') ?? [];
    for (const type of ['cheer', 'custom_power_up']) {
      tell('channel.bits.use 1', { ...bits?.data, type });
    }
    expect(told).toEqual([]);
  });
});

describe('a tier', () => {
  it.each([
    ['Prime', 'prime'],
    ['2000', '2'],
    ['9000', '9000'],
    ['constructor', 'constructor'],
  ])('that Twitch calls "%s" is %s', (tier, made) => {
    const { tell, told } = fixture();
    const [, end] = examples.find(([type]) => type === 'channel.subscription.end 1') ?? [];
    tell('channel.subscription.end 1', { ...end?.data, tier });
    expect(told).toEqual([['subscriptionEnd', expect.objectContaining({ tier: made })]]);
  });
});

describe('a viewer of an event', () => {
  const about = { user_id: '1', user_login: 'Ann', user_name: ' ' };

  it('is the owner of the channel where the ids are one', () => {
    const { roles } = new Fields({ ...about, broadcaster_user_id: '1' }).user();
    expect(roles).toContain('broadcaster');
    expect(new Fields({ ...about, broadcaster_id: '1' }).user().roles).toEqual(roles);
    expect(new Fields({ ...about, broadcaster_user_id: '2' }).user().roles).toEqual(['everyone']);
    expect(new Fields(about).user().roles).toEqual(['everyone']);
  });

  it('is called by the login where there is no name, which is in small letters', () => {
    expect(new Fields(about).user()).toMatchObject({ login: 'ann', displayName: 'ann' });
  });
});

describe('numbers and times of Twitch', () => {
  it.each([
    [7, 7],
    ['7', 7],
    ['7.5', 7.5],
    [0, 0],
  ])('are read as they are or as text: %p', (value, number) => {
    expect(new Fields({ value }).number('value')).toBe(number);
  });

  it.each(['', ' ', 'many', null, undefined, [], Number.NaN, Number.POSITIVE_INFINITY])(
    'are none where they are not: %p',
    (value) => {
      const fields = new Fields({ value });
      expect(() => fields.number('value')).toThrow('no number "value" in "event"');
      expect(fields.count('value')).toBe(0);
    },
  );

  it.each(['2023-07-15T17:16:03Z', '2023-07-15T17:16:03.1Z', '2023-07-15T17:16:03.123456789Z'])(
    'have any number of digits behind the second: %s',
    (value) => {
      const second = Date.parse('2023-07-15T17:16:03Z');
      expect(Math.floor(new Fields({ value }).time('value') / 1_000) * 1_000).toBe(second);
    },
  );

  it('are no times where they are none', () => {
    expect(() => new Fields({ value: 'yesterday' }).time('value')).toThrow('no time "value"');
  });
});

describe('a winner', () => {
  const [, pollEnd] = examples.find(([type]) => type === 'channel.poll.end 1') ?? [];
  const winnerOf = (votes: readonly number[]) => {
    const { tell, told } = fixture();
    const choices = votes.map((each, at) => ({ id: `${at}`, title: `t${at}`, votes: each }));
    tell('channel.poll.end 1', { ...pollEnd?.data, choices });
    const [[, data] = []] = told;
    return (data as BotEvents['pollEnd']).winner;
  };

  it.each([
    [[1, 2, 3], 't2'],
    [[3, 2, 3], undefined],
    [[0, 0], undefined],
    [[], undefined],
    [[1], 't0'],
  ])('is whoever has most votes alone: %p', (votes, winner) => {
    expect(winnerOf(votes)).toBe(winner);
  });
});
