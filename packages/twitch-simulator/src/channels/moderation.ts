import type { IrcLine } from '../chat/irc-line.js';
import type { TwitchNotification } from '../eventsub/notifier.js';
import type { Account } from '../people.js';
import { toTwitchTime } from '../twitch-time.js';
import type { BySomebody, ChannelWorld } from './channel-world.js';
import { broadcaster, named, nobody, user } from './triples.js';

type Event = Omit<TwitchNotification, 'about'> & { readonly about?: TwitchNotification['about'] };

/** What EventSub tells of a line with which chat is moderated. */
export function moderationEvents(
  world: ChannelWorld,
  channel: Account,
  line: IrcLine,
): readonly Event[] {
  const { tags = {} } = line;
  switch (line.command) {
    case 'CLEARCHAT': {
      if (line.text === undefined) return cleared(channel);
      const seconds = tags['ban-duration'];
      return silenced(
        world,
        channel,
        line.text,
        seconds === undefined ? undefined : Number(seconds),
      );
    }
    case 'CLEARMSG': {
      const target = world.people.someone({ login: tags.login ?? '' });
      const message = { message_id: tags['target-msg-id'] ?? '' };
      const event = { ...broadcaster(channel), ...named('target_user', target), ...message };
      const details = { ...user(target), ...message, message_body: line.text ?? '' };
      return [
        { type: 'channel.chat.message_delete', event },
        ...moderated(channel, 'delete', details),
      ];
    }
    case 'ROOMSTATE':
      return [{ type: 'channel.chat_settings.update', event: settings(world, channel) }];
    default:
      return [];
  }
}

/** Somebody may write again. */
export function unban(world: ChannelWorld, options: BySomebody): void {
  const { account } = world.channels.named(options.channel);
  const target = world.people.someone(options.as);
  const about = { broadcaster_user_id: account.id };
  const event = { ...user(target), ...broadcaster(account), ...named('moderator_user', account) };
  world.notify({ type: 'channel.unban', about, event });
  for (const each of moderated(account, 'unban', user(target))) world.notify({ ...each, about });
}

function cleared(channel: Account): readonly Event[] {
  return [
    { type: 'channel.chat.clear', event: broadcaster(channel) },
    ...moderated(channel, 'clear', undefined),
  ];
}

function silenced(
  world: ChannelWorld,
  channel: Account,
  login: string,
  seconds: number | undefined,
): readonly Event[] {
  const target = world.people.someone({ login });
  const now = world.now();
  const ends = seconds === undefined ? null : toTwitchTime(now + seconds * 1000);
  const event = { ...broadcaster(channel), ...named('target_user', target) };
  const ban = {
    ...user(target),
    ...broadcaster(channel),
    ...named('moderator_user', channel),
    reason: '',
    banned_at: toTwitchTime(now),
    ends_at: ends,
    is_permanent: ends === null,
  };
  const details = { ...user(target), reason: '', ...(ends !== null && { expires_at: ends }) };
  return [
    { type: 'channel.chat.clear_user_messages', event },
    { type: 'channel.ban', event: ban },
    ...moderated(channel, ends === null ? 'ban' : 'timeout', details),
  ];
}

const actions = [
  'followers',
  'slow',
  'vip',
  'unvip',
  'mod',
  'unmod',
  'ban',
  'unban',
  'timeout',
  'untimeout',
  'raid',
  'unraid',
  'delete',
  'automod_terms',
  'unban_request',
  'warn',
  'shared_chat_ban',
  'shared_chat_unban',
  'shared_chat_timeout',
  'shared_chat_untimeout',
  'shared_chat_delete',
];

/** `channel.moderate` in both versions; the broadcaster is who does it. */
function moderated(
  channel: Account,
  action: string,
  details: object | undefined,
): readonly Event[] {
  const none = Object.fromEntries(actions.map((each) => [each, null]));
  const event = {
    ...broadcaster(channel),
    ...nobody('source_broadcaster_user'),
    ...named('moderator_user', channel),
    action,
    ...none,
    ...(details !== undefined && { [action]: details }),
  };
  return ['1', '2'].map((version) => ({ type: 'channel.moderate', version, event }));
}

function settings(world: ChannelWorld, channel: Account) {
  const { state } = world.rooms.room(channel.login);
  const followers = Number(state['followers-only'] ?? -1);
  const slow = Number(state.slow ?? 0);
  return {
    ...broadcaster(channel),
    emote_mode: state['emote-only'] === '1',
    follower_mode: followers >= 0,
    follower_mode_duration_minutes: followers >= 0 ? followers : null,
    slow_mode: slow > 0,
    slow_mode_wait_time_seconds: slow > 0 ? slow : null,
    subscriber_mode: state['subs-only'] === '1',
    unique_chat_mode: state.r9k === '1',
  };
}
