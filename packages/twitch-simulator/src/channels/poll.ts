import { randomUUID } from 'node:crypto';
import type { Account } from '../people.js';
import { toTwitchTime } from '../twitch-time.js';
import type { ChannelWorld, OnChannel } from './channel-world.js';
import { broadcaster } from './triples.js';

/** A poll begins. */
export interface PollOptions extends OnChannel {
  readonly title: string;
  /** Two to five. */
  readonly choices: readonly string[];
  /** Milliseconds. @default 60000 */
  readonly duration?: number;
}

/** How a poll ended. */
export type PollStatus = 'completed' | 'terminated' | 'archived';

/** A poll: it counts votes, tells of them now and then, and ends when its time is over. */
export class Poll {
  readonly id = randomUUID();
  /** None while it runs. */
  status: PollStatus | undefined;
  readonly choices: readonly { readonly id: string; readonly title: string; votes: number }[];
  private readonly startedAt: number;
  private readonly endsAt: number;
  private readonly cancel: () => void;
  private telling: (() => void) | undefined;
  private endedAt: number | undefined;

  /** @internal begins */
  constructor(
    private readonly world: ChannelWorld,
    private readonly channel: Account,
    readonly options: PollOptions,
  ) {
    const duration = options.duration ?? 60_000;
    this.startedAt = world.now();
    this.endsAt = this.startedAt + duration;
    this.choices = options.choices.map((title) => ({ id: randomUUID(), title, votes: 0 }));
    this.tell('begin', {
      ...this.common(),
      choices: this.choices.map(({ id, title }) => ({ id, title })),
      ends_at: toTwitchTime(this.endsAt),
    });
    this.cancel = world.timers.after(duration, () => this.end('completed'));
  }

  /** Somebody votes for a choice by its title or number, from 1. @returns false where there is none */
  vote(choice: string | number, votes = 1): boolean {
    const wanted = String(choice).toLowerCase();
    const chosen = this.choices.find(
      ({ title }, index) => title.toLowerCase() === wanted || String(index + 1) === wanted,
    );
    if (chosen === undefined || this.status !== undefined) return false;
    chosen.votes += votes;
    this.telling ??= this.world.timers.after(this.world.times.progressInterval, () => {
      this.report();
    });
    return true;
  }

  /** Tells how it stands, without waiting for the next turn. */
  report(): void {
    this.telling?.();
    this.telling = undefined;
    if (this.status !== undefined) return;
    this.tell('progress', { ...this.counted(), ends_at: toTwitchTime(this.endsAt) });
  }

  /** It ends, before its time if need be. */
  end(status: PollStatus = 'terminated'): void {
    if (this.status !== undefined) return;
    this.status = status;
    this.cancel();
    this.telling?.();
    this.endedAt = this.world.now();
    const ended = { status, ended_at: toTwitchTime(this.endedAt) };
    this.tell('end', { ...this.counted(), ...ended });
  }

  /** @internal as Helix shows it */
  toJson() {
    const { account } = this.world.channels.of(this.channel);
    return {
      id: this.id,
      broadcaster_id: account.id,
      broadcaster_name: account.displayName,
      broadcaster_login: account.login,
      title: this.options.title,
      choices: this.counted().choices,
      bits_voting_enabled: false,
      bits_per_vote: 0,
      channel_points_voting_enabled: false,
      channel_points_per_vote: 0,
      status: (this.status ?? 'active').toUpperCase(),
      duration: Math.round((this.endsAt - this.startedAt) / 1000),
      started_at: toTwitchTime(this.startedAt),
      ...(this.endedAt !== undefined && { ended_at: toTwitchTime(this.endedAt) }),
    };
  }

  private counted() {
    const choices = this.choices.map(({ id, title, votes }) => ({
      id,
      title,
      bits_votes: 0,
      channel_points_votes: 0,
      votes,
    }));
    return { ...this.common(), choices };
  }

  private common() {
    const off = { is_enabled: false, amount_per_vote: 0 };
    return {
      id: this.id,
      ...broadcaster(this.channel),
      title: this.options.title,
      bits_voting: off,
      channel_points_voting: off,
      started_at: toTwitchTime(this.startedAt),
    };
  }

  private tell(what: 'begin' | 'progress' | 'end', event: Readonly<Record<string, unknown>>): void {
    const about = { broadcaster_user_id: this.channel.id };
    this.world.notify({ type: `channel.poll.${what}`, about, event });
  }
}
