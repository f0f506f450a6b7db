import { randomUUID } from 'node:crypto';
import type { IrcLine, Tags } from '../chat/irc-line.js';
import type { Account } from '../people.js';
import { toFragments } from './fragments.js';
import { noticePayload } from './notice-payload.js';
import { broadcaster, named, nobody } from './triples.js';

/** The text of a message, an action without its wrapper. */
export function textOf({ text = '' }: IrcLine): string {
  const opening = '\u0001ACTION ';
  return text.startsWith(opening) ? text.slice(opening.length).replaceAll('\u0001', '') : text;
}

/** `channel.chat.message` of a line of chat. */
export function chatMessageEvent(channel: Account, by: Account, line: IrcLine) {
  const { tags = {} } = line;
  const text = textOf(line);
  const bits = Number(tags.bits ?? 0);
  return {
    ...broadcaster(channel),
    ...chatter(by),
    message_id: tags.id ?? randomUUID(),
    message: { text, fragments: toFragments(text) },
    message_type: messageTypes.get(tags['msg-id'] ?? '') ?? 'text',
    badges: toBadges(tags),
    cheer: bits > 0 ? { bits } : null,
    color: tags.color ?? '',
    reply: replyOf(tags),
    channel_points_custom_reward_id: tags['custom-reward-id'] ?? null,
    channel_points_animation_id: null,
    ...source(tags),
    is_source_only: tags['source-room-id'] === undefined ? null : tags['source-only'] === '1',
  };
}

/** `channel.chat.notification` of a notice in chat. */
export function chatNotificationEvent(channel: Account, by: Account, line: IrcLine) {
  const { tags = {} } = line;
  const text = textOf(line);
  const unnamed = by.login === 'ananonymousgifter';
  return {
    ...broadcaster(channel),
    ...chatter(by),
    chatter_is_anonymous: unnamed,
    color: tags.color ?? '',
    badges: toBadges(tags),
    system_message: tags['system-msg'] ?? '',
    message_id: tags.id ?? randomUUID(),
    message: { text, fragments: toFragments(text) },
    ...noticePayload(tags, unnamed),
    ...source(tags),
  };
}

const messageTypes: ReadonlyMap<string, string> = new Map([
  ['highlighted-message', 'channel_points_highlighted'],
  ['skip-subs-mode-message', 'channel_points_sub_only'],
  ['animated-message', 'power_ups_message_effect'],
  ['gigantified-emote-message', 'power_ups_gigantified_emote'],
  ['user-intro', 'user_intro'],
]);

function chatter(account: Account) {
  return named('chatter_user', account);
}

function toBadges({ badges = '', 'badge-info': info = '' }: Tags) {
  const months = new Map(split(info));
  return split(badges).map(([set = '', id = '']) => ({
    set_id: set,
    id,
    info: months.get(set) ?? '',
  }));
}

function split(list: string): [string, string][] {
  return list
    .split(',')
    .filter((each) => each !== '')
    .map((each): [string, string] => {
      const [name = '', value = ''] = each.split('/');
      return [name, value];
    });
}

function replyOf(tags: Tags) {
  const parent = tags['reply-parent-msg-id'];
  if (parent === undefined) return null;
  return {
    parent_message_id: parent,
    parent_message_body: tags['reply-parent-msg-body'] ?? '',
    parent_user_id: tags['reply-parent-user-id'] ?? '',
    parent_user_name: tags['reply-parent-display-name'] ?? '',
    parent_user_login: tags['reply-parent-user-login'] ?? '',
    thread_message_id: tags['reply-thread-parent-msg-id'] ?? parent,
    thread_user_id: tags['reply-thread-parent-user-id'] ?? '',
    thread_user_name: tags['reply-thread-parent-display-name'] ?? '',
    thread_user_login: tags['reply-thread-parent-user-login'] ?? '',
  };
}

/** Where a message of a shared chat was written; nulls for any other. */
function source(tags: Tags) {
  const room = tags['source-room-id'];
  if (room === undefined) {
    return {
      ...nobody('source_broadcaster_user'),
      source_message_id: null,
      source_badges: null,
    };
  }
  return {
    source_broadcaster_user_id: room,
    source_broadcaster_user_login: '',
    source_broadcaster_user_name: '',
    source_message_id: tags['source-id'] ?? null,
    source_badges: toBadges({
      badges: tags['source-badges'],
      'badge-info': tags['source-badge-info'],
    }),
  };
}
