import type { Account } from '../people.js';
import { toBadgeTags } from './chatter.js';
import type { IrcLine } from './irc-line.js';
import type { Room, RoomState } from './rooms.js';

/** Who one is everywhere on Twitch; sent after the login. */
export function globalUserState(account: Account): IrcLine {
  return {
    command: 'GLOBALUSERSTATE',
    tags: {
      'badge-info': '',
      badges: '',
      color: '',
      'display-name': account.displayName,
      'emote-sets': '0',
      'user-id': account.id,
      'user-type': '',
    },
  };
}

/** Who one is in a channel; sent after a JOIN and after each message that was taken. */
export function userState(
  room: Room,
  account: Account,
  message: { readonly id?: string; readonly clientNonce?: string | undefined } = {},
): IrcLine {
  const roles = room.roles.get(account.login) ?? [];
  const badges = toBadgeTags({ login: account.login, roles }, room.name);
  return {
    command: 'USERSTATE',
    parameters: [`#${room.name}`],
    tags: {
      'badge-info': badges.badgeInfo,
      badges: badges.badges,
      'client-nonce': message.clientNonce,
      color: '',
      'display-name': account.displayName,
      'emote-sets': '0',
      id: message.clientNonce === undefined ? undefined : message.id,
      mod: badges.moderator ? '1' : '0',
      subscriber: badges.subscriber ? '1' : '0',
      'user-type': badges.moderator ? 'mod' : '',
      vip: badges.vip ? '1' : undefined,
    },
  };
}

/** The settings of a channel; all of them, or only those that changed. */
export function roomState(room: Room, changed: RoomState = room.state): IrcLine {
  return {
    command: 'ROOMSTATE',
    parameters: [`#${room.name}`],
    tags: { ...changed, 'room-id': room.id },
  };
}
