import { type Role, roles } from '@pertybot/core';

const everyone: readonly Role[] = ['everyone'];

/** Role that a badge gives; each includes the weaker ones. */
const badgeRoles: Readonly<Record<string, Role>> = {
  subscriber: 'subscriber',
  founder: 'subscriber',
  vip: 'vip',
  moderator: 'moderator',
  lead_moderator: 'moderator',
  broadcaster: 'broadcaster',
};

/** Reads Twitch's list of badges, such as `moderator/1,subscriber/12`. */
export function parseBadges(list: string): Readonly<Record<string, string>> {
  if (list === '') return {};
  return Object.fromEntries(
    list.split(',').map((badge) => {
      const slash = badge.indexOf('/');
      return slash === -1 ? [badge, ''] : [badge.slice(0, slash), badge.slice(slash + 1)];
    }),
  );
}

/** The roles of whoever wears `badges`, weakest first. */
export function toRoles(badges: Readonly<Record<string, string>>): readonly Role[] {
  let highest = 0;
  for (const badge of Object.keys(badges)) {
    const role = Object.hasOwn(badgeRoles, badge) ? badgeRoles[badge] : undefined;
    if (role) highest = Math.max(highest, roles.indexOf(role));
  }
  return rolesUpTo(highest);
}

/** The broadcaster's roles: all of them. */
export const broadcasterRoles: readonly Role[] = roles;

/** The roles of somebody whose badges do not count here. */
export const guestRoles: readonly Role[] = everyone;

/** One list for each height, so that a message costs none. */
const lists: readonly (readonly Role[])[] = roles.map((_, height) => roles.slice(0, height + 1));

function rolesUpTo(height: number): readonly Role[] {
  return lists[height] ?? everyone;
}
