import { type ChatUser, type Role, roles } from '../contracts/chat.js';
import type { Clock } from '../contracts/clock.js';
import type { Cooldown } from '../contracts/command.js';
import { toMilliseconds } from '../contracts/duration.js';
import type { Undo } from '../contracts/undo.js';

/** A {@link Cooldown} in milliseconds. */
export interface CooldownRules {
  readonly user: number;
  readonly channel: number;
  readonly everyone: number;
  /** Instead of all others for who holds the role. */
  readonly byRole: ReadonlyMap<Role, number>;
}

/** Shared by all commands without a cooldown, which most are. */
const noCooldown: CooldownRules = { user: 0, channel: 0, everyone: 0, byRole: new Map() };

/** Reads what an author or owner wrote. */
export function toCooldownRules(cooldown: Cooldown | undefined): CooldownRules {
  if (cooldown === undefined) return noCooldown;
  if (typeof cooldown !== 'object') {
    return { ...noCooldown, everyone: toMilliseconds(cooldown) };
  }
  const byRole = new Map<Role, number>();
  for (const role of roles) {
    const own = role === 'everyone' ? undefined : cooldown[role];
    if (own !== undefined) byRole.set(role, toMilliseconds(own));
  }
  return {
    user: toMilliseconds(cooldown.user ?? 0),
    channel: toMilliseconds(cooldown.channel ?? 0),
    everyone: toMilliseconds(cooldown.everyone ?? 0),
    byRole,
  };
}

/** Who calls what, where. */
export interface CooldownCall {
  /** Command or cooldown group. */
  readonly group: string;
  readonly user: ChatUser;
  readonly channel: string;
  readonly rules: CooldownRules;
}

/** The answer of {@link Cooldowns.take}. */
export type CooldownAnswer =
  | { readonly allowed: true; readonly refund: Undo }
  | {
      readonly allowed: false;
      /** Milliseconds until it would be allowed. */
      readonly retryAfter: number;
      /** Whether this viewer hears of this cooldown for the first time. */
      readonly first: boolean;
    };

interface StartedCooldown {
  readonly key: string;
  /** Time at which the key was free before. */
  readonly before: number | undefined;
  readonly until: number;
}

const free: CooldownAnswer = { allowed: true, refund() {} };

/** How many running cooldowns are kept before those that ended are swept out. */
const firstSweep = 1_000;

/** Remembers when commands may run again. */
export class Cooldowns {
  /** Monotonic time at which each key is free again. */
  private readonly freeAt = new Map<string, number>();
  /** Time until which a viewer has been told. */
  private readonly told = new Map<string, number>();

  private sweepAt = firstSweep;

  constructor(private readonly clock: Clock) {}

  /** Cooldowns that are remembered. */
  get size(): number {
    return this.freeAt.size;
  }

  /** Starts the cooldowns of a call, or says which one still runs. */
  take(call: CooldownCall): CooldownAnswer {
    if (call.rules === noCooldown) return free;
    const now = this.clock.now();
    const { waiting, starting } = this.keysOf(call);
    const until = Math.max(0, ...waiting.map((key) => this.freeAt.get(key) ?? 0));
    if (until > now) {
      const key = `${call.group} ${call.user.id}`;
      const first = (this.told.get(key) ?? 0) < until;
      this.told.set(key, until);
      return { allowed: false, retryAfter: Math.ceil(until - now), first };
    }
    const started = starting.map(([key, duration]) => ({
      key,
      before: this.freeAt.get(key),
      until: now + duration,
    }));
    for (const { key, until: end } of started) this.freeAt.set(key, end);
    this.sweep(now);
    return { allowed: true, refund: () => this.restore(started) };
  }

  private keysOf({ group, user, channel, rules }: CooldownCall) {
    const keys: [string, number][] = [
      [`${group} user ${user.id}`, rules.user],
      [`${group} channel ${channel}`, rules.channel],
      [`${group} everyone`, rules.everyone],
    ];
    const own = ownRule(user, rules);
    if (own === undefined) {
      const set = keys.filter(([, duration]) => duration > 0);
      return { waiting: set.map(([key]) => key), starting: set };
    }
    const ownKey: [string, number] = [`${group} role ${user.id}`, own];
    const shared = keys.slice(1).filter(([, duration]) => duration > 0);
    return { waiting: [ownKey[0]], starting: own > 0 ? [ownKey, ...shared] : shared };
  }

  private restore(started: readonly StartedCooldown[]): void {
    for (const { key, before, until } of started) {
      // Somebody else may have started it anew since: that one stays.
      if (this.freeAt.get(key) !== until) continue;
      if (before === undefined) this.freeAt.delete(key);
      else this.freeAt.set(key, before);
    }
  }

  private sweep(now: number): void {
    if (this.freeAt.size + this.told.size < this.sweepAt) return;
    for (const map of [this.freeAt, this.told]) {
      for (const [key, time] of map) if (time <= now) map.delete(key);
    }
    this.sweepAt = Math.max(firstSweep, 2 * (this.freeAt.size + this.told.size));
  }
}

/** The entry of the highest role that the user holds and that has one. */
function ownRule(user: ChatUser, rules: CooldownRules): number | undefined {
  if (rules.byRole.size === 0) return undefined;
  const highest = Math.max(...user.roles.map((role) => roles.indexOf(role)));
  for (let index = highest; index >= 0; index--) {
    const role = roles[index];
    const own = role === undefined ? undefined : rules.byRole.get(role);
    if (own !== undefined) return own;
  }
  return undefined;
}
