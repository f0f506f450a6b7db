import { type CommandInfo, type Role, roles } from '@pertybot/core';

/** What of a command says who calls it, and how often. */
export type PacedCommand = Pick<CommandInfo, 'allow' | 'cooldown'>;

/** How fast a command can be called. */
export interface CallPace {
  /** Least time between two calls of whoever may, however many they are, in milliseconds. */
  readonly every: number;
  /** The same for one viewer without any role; undefined when such may not call it. */
  readonly byOne: number | undefined;
}

/**
 * The pace at which a command can be called by all that may. Many viewers do not share the pause of
 * one; those whose role has a pause of its own wait for nobody else.
 * @param channels how many channels the bot sits in: each has its own pause
 */
export function callPace({ allow, cooldown }: PacedCommand, channels = 1): CallPace {
  const shared = Math.max(cooldown.everyone, cooldown.channel / Math.max(1, channels));
  const paceOf = (role: Role) => {
    const own = ownPause(role, cooldown.byRole);
    // There is one broadcaster, and many of all others.
    if (role === 'broadcaster') return own ?? Math.max(shared, cooldown.user);
    return own === undefined ? shared : 0;
  };
  const allowed = rolesOf(allow);
  // A user who is named may be anybody.
  const named = typeof allow === 'string' ? [] : allow.filter((member) => member.startsWith('@'));
  const paces = [...allowed.map(paceOf), ...named.map(() => shared)];
  return {
    every: Math.min(...paces),
    byOne: allowed.includes('everyone') ? Math.max(shared, cooldown.user) : undefined,
  };
}

function rolesOf(allow: PacedCommand['allow']): readonly Role[] {
  if (typeof allow === 'string') return roles.slice(roles.indexOf(allow));
  return roles.filter((role) => role === 'broadcaster' || allow.includes(role));
}

/** The pause of the highest role up to `role` that has one. */
function ownPause(role: Role, byRole: PacedCommand['cooldown']['byRole']): number | undefined {
  const held = roles.slice(0, roles.indexOf(role) + 1).reverse();
  return held.map((each) => byRole[each]).find((pause) => pause !== undefined);
}
