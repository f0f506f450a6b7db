import { Backoff, type Clock, type Logger, messageOf, sleep } from '@pertybot/core';
import { TwitchApiError } from '../helix/twitch-api-error.js';
import {
  type HelixRewards,
  mostAtOnce,
  type RedemptionStatus,
  type RewardChannel,
} from './helix-rewards.js';

/** A redemption whose end Twitch is to be told. */
export interface Settled {
  readonly id: string;
  readonly rewardId: string;
  readonly channel: RewardChannel;
  readonly status: RedemptionStatus;
}

/** What Twitch made of it: `elsewhere` where somebody was quicker, `refused` where it never will. */
export type SettlementAnswer = 'done' | 'elsewhere' | 'refused';

/** What a {@link Settlement} needs. */
export interface SettlementOptions {
  readonly helix: HelixRewards;
  readonly clock: Clock;
  readonly log: Logger;
  /** Hears of each redemption once Twitch has answered for good. */
  readonly answered: (settled: Settled, answer: SettlementAnswer) => void;
  /** Ends the pauses between tries. */
  readonly signal: AbortSignal;
}

/** Milliseconds in which redemptions of one reward gather, so that a burst takes few calls. */
const gathering = 100;

/** Pauses between two tries, milliseconds. */
const pauses = { first: 1_000, longest: 60_000 };

/**
 * Tells Twitch how redemptions end: in batches of one reward, again and again until it has answered. What it has
 * not answered when the bot stops is in the journal, and on Twitch's own list.
 */
export class Settlement {
  private readonly waiting = new Map<string, Settled[]>();
  private readonly busy = new Map<string, Promise<void>>();

  constructor(private readonly options: SettlementOptions) {}

  /** Redemptions that Twitch has not answered. */
  get size(): number {
    return [...this.waiting.values()].reduce((sum, { length }) => sum + length, 0);
  }

  add(settled: Settled): void {
    const key = `${settled.channel.id} ${settled.rewardId} ${settled.status}`;
    const list = this.waiting.get(key) ?? [];
    list.push(settled);
    this.waiting.set(key, list);
    if (this.busy.has(key)) return;
    this.busy.set(key, this.work(key));
  }

  /** Whether Twitch has not answered all of a reward. */
  has(rewardId: string): boolean {
    return [...this.waiting.values()].flat().some((each) => each.rewardId === rewardId);
  }

  /**
   * Resolves when all is answered, or given up since the signal has fired.
   * @param rewardId of one reward alone
   */
  async idle(rewardId?: string): Promise<void> {
    const of = () => {
      const all = [...this.busy];
      if (rewardId === undefined) return all.map(([, work]) => work);
      return all.flatMap(([key, work]) => (key.includes(` ${rewardId} `) ? [work] : []));
    };
    for (let busy = of(); busy.length > 0; busy = of()) await Promise.all(busy);
  }

  private async work(key: string): Promise<void> {
    const { clock, signal } = this.options;
    const backoff = new Backoff(pauses);
    await sleep(clock, gathering, signal).catch(() => {});
    for (let batch = this.next(key); batch.length > 0; batch = this.next(key)) {
      const left = await this.settle(batch);
      this.drop(key, batch, left);
      if (left.length === 0) {
        backoff.reset();
        continue;
      }
      if (signal.aborted) break;
      await sleep(clock, backoff.next(), signal).catch(() => {});
    }
    if (this.next(key).length === 0) this.waiting.delete(key);
    // In the same turn: what comes from now on begins anew.
    this.busy.delete(key);
  }

  private next(key: string): readonly Settled[] {
    return this.waiting.get(key)?.slice(0, mostAtOnce) ?? [];
  }

  private drop(key: string, batch: readonly Settled[], left: readonly Settled[]): void {
    const answered = new Set(batch.filter((each) => !left.includes(each)));
    const list = this.waiting.get(key)?.filter((each) => !answered.has(each)) ?? [];
    this.waiting.set(key, list);
  }

  /** @returns what Twitch has not answered */
  private async settle(batch: readonly Settled[]): Promise<readonly Settled[]> {
    const [first] = batch;
    if (first === undefined) return [];
    const { helix, log } = this.options;
    const { channel, rewardId, status } = first;
    try {
      const ids = batch.map(({ id }) => id);
      const done = new Set(await helix.settle(channel, rewardId, { ids, status }));
      for (const settled of batch) {
        this.options.answered(settled, done.has(settled.id) ? 'done' : 'elsewhere');
      }
      return [];
    } catch (error) {
      const verdict = verdictOn(error);
      if (batch.length > 1 && isAboutOne(error)) return this.settleHalves(batch);
      if (verdict === 'later') {
        log.warn(`Twitch was not told how redemptions ended, and is again: ${messageOf(error)}`);
        return batch;
      }
      if (verdict === 'refused') {
        log.error(`The redemption ${first.id} stays as it is: ${messageOf(error)}`, {
          hint: `Settle it by hand in the creator dashboard, as ${status === 'CANCELED' ? 'refunded' : 'done'}.`,
        });
      }
      this.options.answered(first, verdict);
      return [];
    }
  }

  /** One that somebody else has settled must not keep the others open. */
  private async settleHalves(batch: readonly Settled[]): Promise<readonly Settled[]> {
    const middle = Math.ceil(batch.length / 2);
    const first = await this.settle(batch.slice(0, middle));
    return [...first, ...(await this.settle(batch.slice(middle)))];
  }
}

/** Whether one redemption of several may be what it is about: the others must not wait for that one. */
function isAboutOne(error: unknown): boolean {
  const status = error instanceof TwitchApiError ? error.status : undefined;
  return status === 400 || status === 403 || status === 404;
}

function verdictOn(error: unknown): 'later' | 'elsewhere' | 'refused' {
  // Without Twitch's own words it is the answer of a proxy, or of a server of Twitch that fails.
  if (!(error instanceof TwitchApiError) || error.reason === undefined) return 'later';
  if (error.status === 404) return 'elsewhere';
  return error.status === 400 || error.status === 403 ? 'refused' : 'later';
}
