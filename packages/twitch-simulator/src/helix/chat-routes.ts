import { shoutout } from '../channels/announcements.js';
import type { ChannelWorld } from '../channels/channel-world.js';
import { data, type HelixAnswer, noContent, refused } from './helix-answer.js';
import type { HelixCall, Routes } from './helix-call.js';

const colors = {
  primary: 'PRIMARY',
  blue: 'BLUE',
  green: 'GREEN',
  orange: 'ORANGE',
  purple: 'PURPLE',
} as const;
const longest = 500;

/** `chat/messages`, `chat/announcements` and `chat/shoutouts`. */
export function chatRoutes(world: ChannelWorld): Routes {
  const last = new Map<string, number>();
  /** Whether one of these was done too short a while ago; one that is refused counts for none. */
  const tooSoon = (...limits: readonly (readonly [key: string, milliseconds: number])[]) => {
    const now = world.now();
    if (limits.some(([key, within]) => now - (last.get(key) ?? -Infinity) < within)) return true;
    for (const [key] of limits) last.set(key, now);
    return false;
  };
  return {
    'POST chat/messages': {
      scopes: ['user:write:chat'],
      own: 'sender_id',
      bucket: 'chat',
      handle: (call) => say(world, call),
    },
    'POST chat/announcements': {
      scopes: ['moderator:manage:announcements'],
      own: 'moderator_id',
      handle: (call) => {
        const place = placeOf(world, call, call.query.get('broadcaster_id'));
        if (typeof place !== 'string') return place;
        const { message, color = 'primary' } = call.body;
        if (typeof message !== 'string' || message === '') {
          return refused(400, 'The parameter "message" is required');
        }
        if (!isColor(color)) {
          return refused(400, 'The parameter "color" is not valid');
        }
        if (tooSoon([`announce ${place}`, 2_000])) return refused(429, 'Too Many Requests');
        world.chat.usernotice({
          channel: place,
          type: 'announcement',
          as: { ...call.user, roles: ['moderator'] },
          color: colors[color],
          text: [...message].slice(0, longest).join(''),
        });
        return noContent;
      },
    },
    'POST chat/shoutouts': {
      scopes: ['moderator:manage:shoutouts'],
      own: 'moderator_id',
      handle: (call) => {
        const place = placeOf(world, call, call.query.get('from_broadcaster_id'));
        if (typeof place !== 'string') return place;
        const to = world.channels.withId(call.query.get('to_broadcaster_id') ?? '');
        if (to === undefined) return refused(400, 'The parameter "to_broadcaster_id" is not valid');
        if (to.account.login === place) {
          return refused(400, 'The broadcaster may not give themselves a Shoutout.');
        }
        if (world.channels.named(place).stream === undefined) {
          return refused(
            400,
            'The broadcaster is not streaming live or does not have one or more viewers.',
          );
        }
        const limited = tooSoon(
          [`shoutout ${place}`, 120_000],
          [`shoutout ${place} ${to.account.id}`, 3_600_000],
        );
        if (limited) return refused(429, 'Too Many Requests');
        shoutout(world, { channel: place, to: to.account.login, by: call.user });
        return noContent;
      },
    },
  };
}

function isColor(color: unknown): color is keyof typeof colors {
  return typeof color === 'string' && Object.hasOwn(colors, color);
}

/** The login of a channel in which the caller may act as a moderator. */
export function placeOf(
  world: ChannelWorld,
  { user }: HelixCall,
  id: string | null,
): string | HelixAnswer {
  const channel = world.channels.withId(id ?? '');
  if (channel === undefined) return refused(400, 'The parameter "broadcaster_id" is not valid');
  const { login } = channel.account;
  const roles = world.rooms.room(login).roles.get(user.login) ?? [];
  if (user.login === login || roles.includes('moderator')) return login;
  return refused(403, 'The user is not a moderator of the broadcaster.');
}

function say(world: ChannelWorld, { user, body }: HelixCall): HelixAnswer {
  const { broadcaster_id: id, message, reply_parent_message_id: replyTo } = body;
  const channel = typeof id === 'string' ? world.channels.withId(id) : undefined;
  if (channel === undefined) return refused(400, 'The parameter "broadcaster_id" is not valid');
  if (typeof message !== 'string' || message.trim() === '') {
    return refused(400, 'The parameter "message" is required');
  }
  if ([...message].length > longest) return refused(422, 'The message is too large');
  const parent = typeof replyTo === 'string' ? replyTo : undefined;
  if (parent !== undefined && !world.chat.remembers(channel.account.login, parent)) {
    return refused(400, 'Message cannot be replied to');
  }
  const sent = world.chat.post({
    channel: channel.account.login,
    as: user,
    text: message,
    replyTo: parent,
  });
  if ('id' in sent) {
    return data([{ message_id: sent.id, is_sent: true, drop_reason: null }]);
  }
  const dropped = { code: sent.code, message: sent.message };
  return data([{ message_id: '', is_sent: false, drop_reason: dropped }]);
}
