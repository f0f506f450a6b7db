import type { Chatter } from '../chat/chatter.js';
import type { Account } from '../people.js';
import { shortId } from '../twitch-ids.js';
import { toTwitchTime } from '../twitch-time.js';
import type { ChannelWorld, OnChannel } from './channel-world.js';
import { broadcaster, user } from './triples.js';

/** A hype train sets off. */
export interface HypeTrainOptions extends OnChannel {
  /** The level that it is brought to at once. @default 1 */
  readonly level?: number;
  /** @default 'regular' */
  readonly type?: 'regular' | 'treasure' | 'golden_kappa' | (string & {});
  /** Milliseconds that it runs without reaching another level. @default 300000 */
  readonly duration?: number;
  /** Logins of the other channels of a shared train. @default none */
  readonly sharedWith?: readonly string[];
  /** Milliseconds until the next one can set off. @default 3600000 */
  readonly cooldown?: number;
}

/** Something that moves a hype train. */
export interface TrainContribution {
  readonly as: Chatter;
  /** Points: a bit is one. */
  readonly points: number;
  /** @default 'bits' */
  readonly type?: 'bits' | 'subscription' | 'other';
}

interface Contributor {
  readonly account: Account;
  readonly type: string;
  total: number;
}

/** Points that the first level asks for; each further one asks for as many more. */
const firstGoal = 1_600;

/** A hype train that runs: it rises with what is given, and ends when it stops rising. */
export class HypeTrain {
  readonly id = shortId();
  /** Whether it still runs. */
  running = true;
  private total = 0;
  private expiresAt: number;
  private readonly contributors = new Map<string, Contributor>();
  private readonly startedAt: number;
  private cancel: () => void;
  private reported = 1;

  /** @internal sets off */
  constructor(
    private readonly world: ChannelWorld,
    private readonly channel: Account,
    private readonly options: HypeTrainOptions,
  ) {
    this.startedAt = world.now();
    this.expiresAt = this.startedAt + this.duration;
    this.cancel = world.timers.after(this.duration, () => this.end());
    const conductor = { login: 'conductor', displayName: 'Conductor' };
    this.add({ as: conductor, points: 100, type: 'subscription' });
    this.tell('begin', {
      ...this.moving(),
      all_time_high_level: 5,
      all_time_high_total: pointsFor(5),
    });
    for (let next = 2; next <= Math.min(options.level ?? 1, 100); next += 1) {
      this.contribute({ as: conductor, points: pointsFor(next) - this.total });
    }
  }

  /** The level that it is at. */
  get level(): number {
    let level = 1;
    while (this.total >= pointsFor(level + 1)) level += 1;
    return level;
  }

  /** Somebody gives something; a new level lets it run as long again. */
  contribute(contribution: TrainContribution): void {
    if (!this.running) return;
    this.add(contribution);
    if (this.level > this.reported) {
      this.reported = this.level;
      this.expiresAt = this.world.now() + this.duration;
      this.cancel();
      this.cancel = this.world.timers.after(this.duration, () => this.end());
    }
    this.tell('progress', this.moving());
  }

  /** It has expired. */
  end(): void {
    if (!this.running) return;
    this.running = false;
    this.cancel();
    const now = this.world.now();
    this.tell('end', {
      ...this.common(),
      ended_at: toTwitchTime(now),
      cooldown_ends_at: toTwitchTime(now + (this.options.cooldown ?? 3_600_000)),
    });
  }

  /** @internal as Helix shows it */
  toJson() {
    return this.moving();
  }

  private get duration(): number {
    return this.options.duration ?? 300_000;
  }

  private add({ as, points, type = 'bits' }: TrainContribution): void {
    const account = this.world.people.someone(as);
    const key = `${account.id} ${type}`;
    const known = this.contributors.get(key) ?? { account, type, total: 0 };
    known.total += points;
    this.contributors.set(key, known);
    this.total += points;
  }

  private common() {
    const top = [...this.contributors.values()].sort((one, other) => other.total - one.total);
    const shared = (this.options.sharedWith ?? []).map((login) =>
      this.world.people.someone({ login }),
    );
    return {
      id: this.id,
      ...broadcaster(this.channel),
      type: this.options.type ?? 'regular',
      level: this.level,
      total: this.total,
      top_contributions: top
        .slice(0, 3)
        .map(({ account, type, total }) => ({ ...user(account), type, total })),
      is_shared_train: shared.length > 0,
      shared_train_participants: shared.length === 0 ? null : shared.map(broadcaster),
      started_at: toTwitchTime(this.startedAt),
    };
  }

  private moving() {
    const { level } = this;
    return {
      ...this.common(),
      progress: this.total - pointsFor(level),
      goal: pointsFor(level + 1) - pointsFor(level),
      expires_at: toTwitchTime(this.expiresAt),
    };
  }

  private tell(what: 'begin' | 'progress' | 'end', event: Readonly<Record<string, unknown>>): void {
    const about = { broadcaster_user_id: this.channel.id };
    this.world.notify({ type: `channel.hype_train.${what}`, version: '2', about, event });
  }
}

/** Points in all with which `level` is reached. */
function pointsFor(level: number): number {
  return (firstGoal * (level - 1) * level) / 2;
}
