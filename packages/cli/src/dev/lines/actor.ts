import type { Role } from '@pertybot/core';

/** Who lets something happen in the simulated chat. */
export interface Actor {
  readonly login: string;
  readonly roles: readonly Role[];
}

/** Somebody as the simulated Twitch wants to know them. */
export function toChatter({ login, roles }: Actor): {
  readonly login: string;
  readonly roles: readonly Exclude<Role, 'everyone'>[];
} {
  return { login, roles: roles.filter((role) => role !== 'everyone') };
}

/** Whether a reward is the one of that title or id. */
export function isCalled(
  reward: { readonly id: string; readonly title: string },
  name: string,
): boolean {
  const wanted = name.toLowerCase();
  return reward.id === wanted || reward.title.toLowerCase() === wanted;
}
