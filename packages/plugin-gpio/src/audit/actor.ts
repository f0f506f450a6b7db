import { type Attribution, v } from '@pertybot/core';

/** Who or what switches pins. */
export const actorSchema = v.object({
  kind: v.picklist(['viewer', 'event', 'button', 'timer', 'terminal', 'guard', 'plugin', 'bot']),
  /** A viewer's login, an event's or button's name, why the guard did it, a plugin's id. */
  name: v.optional(v.string()),
  /** What a viewer called, such as `lamp`. */
  command: v.optional(v.string()),
  /** What a viewer redeemed, such as `Lamp for a minute`. */
  reward: v.optional(v.string()),
});

/** Who or what switched a pin. */
export type Actor = v.InferOutput<typeof actorSchema>;

const guardPrefix = 'guard: ';

/** Attribution of what the guard does of its own accord. */
export function guardBecause(reason: string): Attribution {
  return { plugin: 'gpio', where: `${guardPrefix}${reason}` };
}

/** Who is behind an attribution; what belongs to nobody is the bot's own. */
export function toActor(attribution: Attribution | undefined): Actor {
  if (attribution === undefined) return { kind: 'bot' };
  const { plugin, where, user } = attribution;
  if (where.startsWith(guardPrefix)) {
    return { kind: 'guard', name: where.slice(guardPrefix.length) };
  }
  const [what = '', ...rest] = where.split(' ');
  const name = rest.join(' ');
  if (what === 'command') {
    return { kind: 'viewer', ...(user !== undefined && { name: user }), command: name };
  }
  if (what === 'reward') {
    return { kind: 'viewer', ...(user !== undefined && { name: user }), reward: name };
  }
  if (what === 'listener') return { kind: 'event', name };
  if (what === 'input') return { kind: 'button', name };
  if (what === 'timer') return { kind: 'timer', name: plugin };
  if (what === 'terminal') return { kind: 'terminal' };
  return plugin === '' ? { kind: 'bot' } : { kind: 'plugin', name: plugin };
}

/** In words, such as `@alice (!lamp)`. */
export function describeActor({ kind, name, command, reward }: Actor): string {
  if (kind === 'viewer') {
    const how = command ? ` (!${command})` : reward ? ` (${reward})` : '';
    return `@${name ?? 'somebody'}${how}`;
  }
  if (kind === 'guard') return `the guard: ${name ?? 'for safety'}`;
  if (kind === 'terminal') return 'a terminal';
  if (kind === 'bot') return 'the bot';
  if (kind === 'timer') return `a timer of ${name ?? 'a plugin'}`;
  return `the ${kind} ${name ?? ''}`.trim();
}
