import type { ChatUser } from '@pertybot/core';
import type { FeedUser } from '../shared/feed.js';

/** What is told of a user who did something. */
export function toFeedUser({ login, displayName, color, roles, badges }: ChatUser): FeedUser {
  return {
    login,
    name: displayName,
    ...(color !== undefined && { color }),
    roles: roles.filter((role) => role !== 'everyone'),
    badges,
  };
}

/** The same of whatever an event of a plugin calls a user. @returns undefined where it is none */
export function toActor(user: unknown): FeedUser | undefined {
  if (typeof user !== 'object' || user === null) return undefined;
  const login: unknown = Reflect.get(user, 'login');
  const name: unknown = Reflect.get(user, 'displayName');
  const color: unknown = Reflect.get(user, 'color');
  const roles: unknown = Reflect.get(user, 'roles');
  const badges: unknown = Reflect.get(user, 'badges');
  if (typeof login !== 'string') return undefined;
  return {
    login,
    name: typeof name === 'string' ? name : login,
    ...(typeof color === 'string' && { color }),
    roles: Array.isArray(roles) ? roles.filter((role) => role !== 'everyone').map(String) : [],
    badges: toBadges(badges),
  };
}

function toBadges(badges: unknown): FeedUser['badges'] {
  if (typeof badges !== 'object' || badges === null) return {};
  return Object.fromEntries(Object.entries(badges).map(([name, version]) => [name, `${version}`]));
}
