import type { Account } from '../people.js';
import { shortId } from '../twitch-ids.js';
import { toTwitchTime } from '../twitch-time.js';
import type { ChannelWorld, OnChannel } from './channel-world.js';
import { broadcaster } from './triples.js';

/** A goal of a channel begins. */
export interface GoalOptions extends OnChannel {
  /** @default 'follow' */
  readonly type?:
    | 'follow'
    | 'subscription'
    | 'subscription_count'
    | 'new_subscription'
    | 'new_subscription_count'
    | 'new_bit'
    | 'new_cheerer'
    | (string & {});
  readonly description?: string;
  readonly target: number;
  /** Where it begins. @default 0 */
  readonly current?: number;
}

/** A goal: it comes nearer, and ends when it is reached or given up. */
export class Goal {
  readonly id = shortId();
  /** Whether it still runs. */
  running = true;
  private current: number;
  private readonly startedAt: number;

  /** @internal begins */
  constructor(
    private readonly world: ChannelWorld,
    private readonly channel: Account,
    private readonly options: GoalOptions,
  ) {
    this.current = options.current ?? 0;
    this.startedAt = world.now();
    this.tell('begin', this.common());
  }

  /** It comes nearer by so much; it ends where its target is reached. */
  advance(by = 1): void {
    if (!this.running) return;
    this.current += by;
    this.tell('progress', this.common());
    if (this.current >= this.options.target) this.end();
  }

  /** It ends, reached or not. */
  end(): void {
    if (!this.running) return;
    this.running = false;
    this.tell('end', {
      ...this.common(),
      is_achieved: this.current >= this.options.target,
      ended_at: toTwitchTime(this.world.now()),
    });
  }

  private common() {
    return {
      id: this.id,
      ...broadcaster(this.channel),
      type: this.options.type ?? 'follow',
      description: this.options.description ?? '',
      current_amount: this.current,
      target_amount: this.options.target,
      started_at: toTwitchTime(this.startedAt),
    };
  }

  private tell(what: 'begin' | 'progress' | 'end', event: Readonly<Record<string, unknown>>): void {
    const about = { broadcaster_user_id: this.channel.id };
    this.world.notify({ type: `channel.goal.${what}`, about, event });
  }
}
