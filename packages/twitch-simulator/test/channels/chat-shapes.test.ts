import { describe, expect, it } from '@jest/globals';
import { chatMessageEvent, textOf } from '../../src/channels/chat-shapes.js';
import { toFragments } from '../../src/channels/fragments.js';
import { toBadgeTags } from '../../src/chat/chatter.js';
import type { IrcLine, Tags } from '../../src/chat/irc-line.js';
import { RecentMessages } from '../../src/chat/recent-messages.js';

const person = (login: string, id = login) => ({ id, login, displayName: login.toUpperCase() });
const channel = person('streamer');

/** What EventSub makes of a line with these tags. */
function eventOf(tags: Tags, text = 'hello') {
  const line: IrcLine = { command: 'PRIVMSG', parameters: ['#streamer'], text, tags };
  return chatMessageEvent(channel, person('alice'), line);
}

describe('a text in parts', () => {
  const parts = (text: string) =>
    toFragments(text).map(({ type, text: part }) => `${type}:${part}`);

  it('is whole again when its parts are put together', () => {
    for (const text of ['', ' ', 'cheer1', 'hi Cheer100 and cheer5 !', '😀 cheer10😀', 'xcheer5']) {
      expect(
        toFragments(text)
          .map((each) => each.text)
          .join(''),
      ).toBe(text);
    }
  });

  it('has cheers as words of their own alone', () => {
    expect(parts('hi Cheer100 cheer5')).toEqual([
      ...['text:hi ', 'cheermote:Cheer100', 'text: ', 'cheermote:cheer5'],
    ]);
    for (const text of ['cheer', 'cheerful', 'xcheer5', 'cheer5x', 'cheer 5']) {
      expect(parts(text)).toEqual([`text:${text}`]);
    }
  });

  it.each([
    [1, 1],
    [99, 1],
    [100, 100],
    [999, 100],
    [1_000, 1_000],
    [5_000, 5_000],
    [10_000, 10_000],
    [1_000_000, 10_000],
  ])('has %i bits in the tier of %i', (bits, tier) => {
    const [{ cheermote } = { cheermote: null }] = toFragments(`Cheer${bits}`);
    expect(cheermote).toEqual({ prefix: 'cheer', bits, tier });
  });
});

describe('a line of chat as EventSub tells it', () => {
  it('is text unless its tags say more', () => {
    expect(eventOf({}).message_type).toBe('text');
    for (const [id, type] of [
      ['highlighted-message', 'channel_points_highlighted'],
      ['skip-subs-mode-message', 'channel_points_sub_only'],
      ['animated-message', 'power_ups_message_effect'],
      ['gigantified-emote-message', 'power_ups_gigantified_emote'],
      ['user-intro', 'user_intro'],
      ['something-new', 'text'],
      ['constructor', 'text'],
    ] as const) {
      expect(eventOf({ 'msg-id': id }).message_type).toBe(type);
    }
  });

  it('is no action to whoever reads it', () => {
    expect(eventOf({}, '\u0001ACTION waves\u0001').message.text).toBe('waves');
    expect(textOf({ command: 'PRIVMSG' })).toBe('');
    expect(textOf({ command: 'PRIVMSG', text: '\u0001VERSION\u0001' })).toBe('\u0001VERSION\u0001');
  });

  it('has badges with the true months beside them', () => {
    const { badges } = eventOf({
      badges: 'broadcaster/1,subscriber/12,premium/1',
      'badge-info': 'subscriber/14',
    });
    expect(badges).toEqual([
      { set_id: 'broadcaster', id: '1', info: '' },
      { set_id: 'subscriber', id: '12', info: '14' },
      { set_id: 'premium', id: '1', info: '' },
    ]);
    expect(eventOf({ badges: '' }).badges).toEqual([]);
  });

  it('has bits where there are some', () => {
    for (const [bits, cheer] of [
      ['100', { bits: 100 }],
      ['0', null],
      [undefined, null],
    ] as const) {
      expect(eventOf({ bits }).cheer).toEqual(cheer);
    }
  });

  it('names whom it answers, and who began the thread', () => {
    const recent = new RecentMessages();
    const add = (id: string, login: string, thread: string | undefined) =>
      recent.add({ id, channel: 'streamer', author: person(login), text: `of ${login}`, thread });
    add('one', 'ann', undefined);
    add('two', 'bob', 'one');
    expect(eventOf(recent.replyTags('two')).reply).toEqual({
      ...{ parent_message_id: 'two', parent_message_body: 'of bob' },
      ...{ parent_user_id: 'bob', parent_user_name: 'BOB', parent_user_login: 'bob' },
      thread_message_id: 'one',
      ...{ thread_user_id: 'ann', thread_user_name: 'ANN', thread_user_login: 'ann' },
    });
    expect(eventOf(recent.replyTags(undefined)).reply).toBeNull();
    expect(eventOf(recent.replyTags('gone')).reply).toMatchObject({
      ...{ parent_message_id: 'gone', parent_message_body: '', thread_message_id: 'gone' },
    });
  });

  it('is of another room in a shared chat, and of none else', () => {
    const tags = { 'source-room-id': '9', 'source-id': 's', 'source-only': '1' };
    const shared = eventOf({ ...tags, 'source-badges': 'moderator/1', 'source-badge-info': '' });
    expect(shared).toMatchObject({
      ...{ source_broadcaster_user_id: '9', source_message_id: 's', is_source_only: true },
      source_badges: [{ set_id: 'moderator', id: '1', info: '' }],
    });
    expect(eventOf({})).toMatchObject({
      ...{ source_broadcaster_user_id: null, source_message_id: null, is_source_only: null },
    });
  });
});

describe('the badges of somebody', () => {
  it.each([
    [1, '0'],
    [2, '2'],
    [3, '3'],
    [5, '3'],
    [6, '6'],
    [11, '9'],
    [12, '12'],
    [59, '48'],
    [600, '60'],
  ])('after %i months show %s', (months, version) => {
    expect(toBadgeTags({ login: 'alice', months }, 'streamer')).toMatchObject({
      ...{ badges: `subscriber/${version}`, badgeInfo: `subscriber/${months}`, subscriber: true },
    });
  });

  it('are those of the channel in which they write', () => {
    const roles = ['vip', 'moderator'] as const;
    const more = { badges: { premium: '1' } };
    expect(toBadgeTags({ login: 'Streamer', roles, ...more }, 'streamer')).toEqual({
      ...{ badges: 'broadcaster/1,moderator/1,vip/1,premium/1', badgeInfo: '' },
      ...{ moderator: true, vip: true, subscriber: false },
    });
    expect(toBadgeTags({ login: 'streamer' }, 'other').badges).toBe('');
  });
});
