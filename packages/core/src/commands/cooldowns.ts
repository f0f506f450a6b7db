import { type ChatUser, type Role, roles } from '../contracts/chat.js';
import type { Clock } from '../contracts/clock.js';
import type { Cooldown } from '../contracts/command.js';
import type { Undo } from '../contracts/consumer.js';
import { toMilliseconds } from '../contracts/duration.js';

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
interface CooldownCall {
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

/** One pause of a call, and where it is kept. */
interface Key {
  readonly map: Map<string, number>;
  readonly key: string;
  readonly duration: number;
}

interface StartedCooldown {
  readonly map: Map<string, number>;
  readonly key: string;
  /** Time at which the key was free before. */
  readonly before: number | undefined;
  readonly until: number;
}

const free: CooldownAnswer = { allowed: true, refund() {} };

/** Cooldowns of single viewers that are kept; of more, those that end first are forgotten. */
const mostPersonal = 20_000;

/** Viewers of whom is kept that they were told; more are not told at all. */
const mostTold = 5_000;

/** Remembers when commands may run again. */
export class Cooldowns {
  /** Monotonic time at which each key of a single viewer is free again. */
  private readonly personal = new TimeMap(mostPersonal);
  /** The same for keys that all share. There are no more of them than commands and channels. */
  private readonly shared = new Map<string, number>();
  /** Time until which a viewer has been told. */
  private readonly told = new TimeMap(mostTold);

  constructor(private readonly clock: Clock) {}

  /** What is remembered in all. */
  get size(): number {
    return this.personal.size + this.shared.size + this.told.size;
  }

  /** Starts the cooldowns of a call, or says which one still runs. */
  take(call: CooldownCall): CooldownAnswer {
    if (call.rules === noCooldown) return free;
    const now = this.clock.now();
    const { waiting, starting } = this.keysOf(call);
    const until = Math.max(0, ...waiting.map(({ map, key }) => map.get(key) ?? 0));
    if (until > now) {
      const first = this.isFirst(`${call.group} ${call.user.id}`, until, now);
      return { allowed: false, retryAfter: Math.ceil(until - now), first };
    }
    const started = starting.map(({ map, key, duration }) => ({
      map,
      key,
      before: map.get(key),
      until: now + duration,
    }));
    for (const { map, key, until: end } of started) map.set(key, end);
    this.personal.makeRoom(now);
    return { allowed: true, refund: () => this.restore(started) };
  }

  /** Whether the viewer has not been told of the cooldown; when too many have, nobody else is. */
  private isFirst(key: string, until: number, now: number): boolean {
    if ((this.told.get(key) ?? 0) >= until) return false;
    if (this.told.isFull(now)) return false;
    this.told.set(key, until);
    return true;
  }

  private keysOf({ group, user, channel, rules }: CooldownCall) {
    const all: readonly Key[] = [
      { map: this.personal, key: `${group} user ${user.id}`, duration: rules.user },
      { map: this.shared, key: `${group} channel ${channel}`, duration: rules.channel },
      { map: this.shared, key: `${group} everyone`, duration: rules.everyone },
    ];
    const keys = all.filter(({ duration }) => duration > 0);
    const own = ownRule(user, rules);
    if (own === undefined) return { waiting: keys, starting: keys };
    const ownKey = { map: this.personal, key: `${group} role ${user.id}`, duration: own };
    const shared = keys.filter(({ map }) => map === this.shared);
    return { waiting: [ownKey], starting: own > 0 ? [ownKey, ...shared] : shared };
  }

  private restore(started: readonly StartedCooldown[]): void {
    for (const { map, key, before, until } of started) {
      // Somebody else may have started it anew since: that one stays.
      if (map.get(key) !== until) continue;
      if (before === undefined) map.delete(key);
      else map.set(key, before);
    }
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

/** Entries that are kept before those that ended are swept out. */
const firstSweep = 1_000;

/** Least time between two sweeps, milliseconds. */
const sweepPause = 1_000;

/** Times by key, of which strangers make as many as they have accounts: it never grows past its limit. */
class TimeMap extends Map<string, number> {
  private sweepAt = firstSweep;
  private sweptAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly limit: number) {
    super();
  }

  /** Whether nothing more can be kept, once what ended by `now` is swept out. */
  isFull(now: number): boolean {
    this.sweep(now);
    return this.size >= this.limit;
  }

  /** Sweeps out what ended by `now`; of too much that did not, the tenth that ends first. */
  makeRoom(now: number): void {
    if (!this.isFull(now)) return;
    const times = [...this.values()].sort((a, b) => a - b);
    const end = times[Math.floor(this.limit / 10)] ?? 0;
    for (const [key, time] of this) if (time <= end) this.delete(key);
  }

  /** Looks through all only when there may be twice as many as were left the last time, and not in each call. */
  private sweep(now: number): void {
    if (this.size < this.sweepAt || now - this.sweptAt < sweepPause) return;
    this.sweptAt = now;
    for (const [key, time] of this) if (time <= now) this.delete(key);
    this.sweepAt = Math.min(this.limit, Math.max(firstSweep, 2 * this.size));
  }
}
