import { randomUUID } from 'node:crypto';
import type { Chatter } from '../chat/chatter.js';
import type { Account } from '../people.js';
import { toTwitchTime } from '../twitch-time.js';
import type { ChannelWorld, OnChannel } from './channel-world.js';
import { broadcaster, user } from './triples.js';

/** A prediction begins. */
export interface PredictionOptions extends OnChannel {
  readonly title: string;
  /** Two to ten. */
  readonly outcomes: readonly string[];
  /** Milliseconds in which viewers may predict. @default 60000 */
  readonly window?: number;
}

interface Outcome {
  readonly id: string;
  readonly title: string;
  readonly predictors: { readonly account: Account; points: number }[];
}

/** A prediction: open, then locked, then resolved or canceled. */
export class Prediction {
  readonly id = randomUUID();
  status: 'active' | 'locked' | 'resolved' | 'canceled' = 'active';
  readonly outcomes: readonly Outcome[];
  private winner: Outcome | undefined;
  private readonly startedAt: number;
  private readonly locksAt: number;
  private readonly cancelLock: () => void;
  private telling: (() => void) | undefined;
  private lockedAt: number | undefined;
  private endedAt: number | undefined;

  /** @internal begins */
  constructor(
    private readonly world: ChannelWorld,
    private readonly channel: Account,
    readonly options: PredictionOptions,
  ) {
    const window = options.window ?? 60_000;
    this.startedAt = world.now();
    this.locksAt = this.startedAt + window;
    this.outcomes = options.outcomes.map((title) => ({ id: randomUUID(), title, predictors: [] }));
    const outcomes = this.outcomes.map(({ id, title }, index) => ({
      id,
      title,
      color: color(index),
    }));
    this.tell('begin', { ...this.common(), outcomes, locks_at: toTwitchTime(this.locksAt) });
    this.cancelLock = world.timers.after(window, () => this.lock());
  }

  /** Somebody puts points on an outcome, by its title or number, from 1. @returns false where there is none */
  predict(options: {
    readonly as: Chatter;
    readonly outcome: string | number;
    readonly points: number;
  }): boolean {
    const outcome = this.find(options.outcome);
    if (outcome === undefined || this.status !== 'active') return false;
    const account = this.world.people.someone(options.as);
    const known = outcome.predictors.find((each) => each.account.id === account.id);
    if (known === undefined) outcome.predictors.push({ account, points: options.points });
    else known.points += options.points;
    this.telling ??= this.world.timers.after(this.world.times.progressInterval, () => {
      this.report();
    });
    return true;
  }

  /** Tells how it stands, without waiting for the next turn. */
  report(): void {
    this.telling?.();
    this.telling = undefined;
    if (this.status !== 'active') return;
    this.tell('progress', { ...this.counted(), locks_at: toTwitchTime(this.locksAt) });
  }

  /** Nobody may predict any more. */
  lock(): void {
    if (this.status !== 'active') return;
    this.status = 'locked';
    this.lockedAt = this.world.now();
    this.quiet();
    this.tell('lock', { ...this.counted(), locked_at: toTwitchTime(this.lockedAt) });
  }

  /** An outcome has won. @returns false where there is none of that title or number */
  resolve(outcome: string | number): boolean {
    const winner = this.find(outcome);
    if (winner === undefined) return false;
    this.winner = winner;
    return this.end('resolved');
  }

  /** Everybody gets their points back. @returns false where it has ended already */
  cancel(): boolean {
    return this.end('canceled');
  }

  /** @internal as Helix shows it */
  toJson() {
    return {
      id: this.id,
      broadcaster_id: this.channel.id,
      broadcaster_name: this.channel.displayName,
      broadcaster_login: this.channel.login,
      title: this.options.title,
      winning_outcome_id: this.winner?.id ?? null,
      outcomes: this.counted().outcomes,
      prediction_window: Math.round((this.locksAt - this.startedAt) / 1000),
      status: this.status.toUpperCase(),
      created_at: toTwitchTime(this.startedAt),
      ended_at: this.endedAt === undefined ? null : toTwitchTime(this.endedAt),
      locked_at: this.lockedAt === undefined ? null : toTwitchTime(this.lockedAt),
    };
  }

  private end(status: 'resolved' | 'canceled'): boolean {
    if (this.status === 'resolved' || this.status === 'canceled') return false;
    this.status = status;
    this.endedAt = this.world.now();
    this.quiet();
    this.tell('end', {
      ...this.counted(),
      winning_outcome_id: this.winner?.id ?? null,
      status,
      ended_at: toTwitchTime(this.endedAt),
    });
    return true;
  }

  private quiet(): void {
    this.cancelLock();
    this.telling?.();
    this.telling = undefined;
  }

  private find(outcome: string | number): Outcome | undefined {
    const wanted = String(outcome).toLowerCase();
    return this.outcomes.find(
      ({ id, title }, index) =>
        id === wanted || title.toLowerCase() === wanted || String(index + 1) === wanted,
    );
  }

  private counted() {
    const outcomes = this.outcomes.map((outcome, index) => {
      const points = sum(outcome);
      return {
        id: outcome.id,
        title: outcome.title,
        color: color(index),
        users: outcome.predictors.length,
        channel_points: points,
        top_predictors: outcome.predictors
          .toSorted((one, other) => other.points - one.points)
          .slice(0, 10)
          .map((each) => ({
            ...user(each.account),
            channel_points_won: this.wonBy(outcome, each.points),
            channel_points_used: each.points,
          })),
      };
    });
    return { ...this.common(), outcomes };
  }

  private wonBy(outcome: Outcome, points: number): number | null {
    if (this.winner !== outcome) return this.status === 'resolved' ? 0 : null;
    const all = this.outcomes.reduce((total, each) => total + sum(each), 0);
    const own = sum(outcome);
    return own === 0 ? 0 : Math.floor((all * points) / own);
  }

  private common() {
    return {
      id: this.id,
      ...broadcaster(this.channel),
      title: this.options.title,
      started_at: toTwitchTime(this.startedAt),
    };
  }

  private tell(
    what: 'begin' | 'progress' | 'lock' | 'end',
    event: Readonly<Record<string, unknown>>,
  ): void {
    const about = { broadcaster_user_id: this.channel.id };
    this.world.notify({ type: `channel.prediction.${what}`, about, event });
  }
}

function sum({ predictors }: Outcome): number {
  return predictors.reduce((total, { points }) => total + points, 0);
}

function color(index: number): 'blue' | 'pink' {
  return index === 1 ? 'pink' : 'blue';
}
