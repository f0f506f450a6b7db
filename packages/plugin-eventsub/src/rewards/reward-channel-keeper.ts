import {
  Backoff,
  type Clock,
  type Logger,
  messageOf,
  type Store,
  type Undo,
  type WantedReward,
} from '@pertybot/core';
import type { RedeemEvent } from '@pertybot/core/host';
import type { ChannelReward } from './channel-rewards.js';
import { ChannelSync } from './channel-sync.js';
import { type ClosedReward, whyGiveBack } from './closed-reward.js';
import type { HelixRewards, RewardChannel } from './helix-rewards.js';
import { Lookout } from './lookout.js';
import type { RedemptionDesk } from './redemption-desk.js';
import { reasonOf } from './refund-reason.js';
import { reportReward } from './report-reward.js';
import { type DesiredReward, showsEdit } from './reward-plan.js';
import type { Settlement } from './settlement.js';
import { toIncoming } from './to-incoming.js';

/** Milliseconds in which changes gather. */
const gathering = 200;

/** Pauses between two tries when Twitch does not answer, milliseconds. */
const pauses = { first: 2_000, longest: 300_000 };

/** What a {@link RewardChannelKeeper} needs. */
export interface RewardChannelKeeperOptions {
  readonly channel: RewardChannel;
  readonly helix: HelixRewards;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  readonly desk: RedemptionDesk;
  readonly settlement: Settlement;
  /** What the bot wants now. */
  readonly wanted: () => readonly WantedReward[];
  /** Whether a redemption waits for a moderator's yes. */
  readonly awaitsApproval: (redemptionId: string) => boolean;
  /** Why nobody may redeem it in this channel now; undefined when all may. */
  readonly closed: (reward: WantedReward) => ClosedReward | undefined;
  readonly isLive: () => boolean;
  /** Whether redemptions are told of as they come. */
  readonly isTold: () => boolean;
  /** Called before rewards are opened, and after they were paused. */
  readonly opened: (rewardIds: readonly string[]) => void;
}

/** Keeps the rewards of one channel as the bot wants them, and looks after what is open of them. */
export class RewardChannelKeeper {
  private readonly sync: ChannelSync;
  private readonly lookout: Lookout;
  private readonly backoff = new Backoff(pauses);
  private cancel: Undo = () => {};
  private busy: Promise<void> | undefined;
  private isDirty = false;
  private isStopped = false;
  private isSynced = false;
  private mustReconcile = true;
  private mayRun = true;
  private fault: string | undefined;

  constructor(private readonly options: RewardChannelKeeperOptions) {
    const { channel, helix, store, clock, log, isTold } = options;
    const giveBackAll = (id: string) => this.giveBackAll(id);
    this.sync = new ChannelSync({ channel, helix, store, log, giveBackAll });
    this.lookout = new Lookout({ clock, isTold, look: () => this.gap() });
  }

  get channel(): RewardChannel {
    return this.options.channel;
  }

  /** Whether a reward is one of this channel's. */
  nameOf(
    rewardId: string,
  ): { readonly name: string | undefined; readonly title: string } | undefined {
    const own = this.sync.rewards.get(rewardId)?.wanted;
    if (own) return { name: own.name, title: own.title };
    return this.sync.gone.includes(rewardId) ? { name: undefined, title: 'a reward' } : undefined;
  }

  /** A redemption shows its reward as it is: one that somebody has edited by hand is set right at once. */
  shown(redemption: RedeemEvent): void {
    const own = this.sync.rewards.get(redemption.rewardId)?.wanted;
    if (own && showsEdit(redemption, own)) this.changed();
  }

  /** How each wanted reward stands here. */
  get list(): readonly ChannelReward[] {
    const { channel, desk, wanted, closed, awaitsApproval } = this.options;
    const byName = new Map([...this.sync.rewards.values()].map((each) => [each.wanted.name, each]));
    return wanted().map((reward) => {
      const own = byName.get(reward.name);
      return reportReward(reward, {
        channel: channel.login,
        isOnTwitch: own !== undefined,
        problem: this.sync.problem ?? this.sync.problems.get(reward.name),
        fault: this.fault,
        closed: closed(reward)?.why,
        underWay: own ? desk.underWay(own.id) : [],
        awaitsApproval,
      });
    });
  }

  /** Something may have changed. */
  changed(): void {
    if (this.isStopped) return;
    this.isDirty = true;
    this.schedule(gathering);
  }

  /**
   * Events may have been lost: what is open is asked for.
   * @param mayRun whether what is fresh may still run; else all of it is given back
   */
  gap(mayRun = true): void {
    this.mustReconcile = true;
    this.mayRun &&= mayRun;
    this.changed();
  }

  /** Has every reward of this channel closed; resolves when Twitch knows, or `signal` fires. */
  async stop(helix: HelixRewards): Promise<void> {
    this.isStopped = true;
    this.cancel();
    await this.busy;
    this.lookout.stop();
    const { channel, opened, log } = this.options;
    const open = [...this.sync.rewards.values()].filter(({ wanted }) => !wanted.paused);
    const results = await Promise.allSettled(
      open.map(({ id }) => helix.change(channel, id, { paused: true })),
    );
    const left = open.filter((_, index) => results[index]?.status === 'rejected');
    opened(left.map(({ id }) => id));
    if (left.length === 0) return;
    const titles = left.map(({ wanted }) => `"${wanted.title}"`).join(', ');
    const why = results.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
    log.warn(
      `${titles} in #${channel.login} could not be paused: ${messageOf(why[0])} What is redeemed waits for the next start.`,
    );
  }

  private schedule(delay: number): void {
    this.cancel();
    if (this.busy || this.isStopped) return;
    this.cancel = this.options.clock.after(delay, () => {
      this.busy = this.work().finally(() => {
        this.busy = undefined;
        if (this.isDirty) this.schedule(gathering);
      });
    });
  }

  private async work(): Promise<void> {
    this.isDirty = false;
    try {
      await this.bringAbout();
      if (this.mustReconcile && this.isSynced) await this.reconcile();
      this.fault = undefined;
      this.backoff.reset();
    } catch (error) {
      if (this.isStopped) return;
      if (this.fault === undefined) {
        this.options.log.warn(
          `The rewards are not as they should be, and are tried again: ${messageOf(error)}`,
        );
      }
      this.fault = messageOf(error);
      this.cancel = this.options.clock.after(this.backoff.next(), () => this.changed());
    }
  }

  private async bringAbout(): Promise<void> {
    const { wanted, closed, opened } = this.options;
    const list = wanted();
    if (!(await this.sync.isNeeded(list))) return;
    const desired: DesiredReward[] = list.map((reward) => {
      return { ...reward, paused: closed(reward) !== undefined };
    });
    const willOpen = new Set(desired.filter(({ paused }) => !paused).map(({ name }) => name));
    const known = [...this.sync.rewards.values()];
    opened(
      known
        .filter((each) => !each.wanted.paused || willOpen.has(each.wanted.name))
        .map(({ id }) => id),
    );
    await this.sync.sync(desired);
    opened(
      [...this.sync.rewards.values()].filter((each) => !each.wanted.paused).map(({ id }) => id),
    );
    this.isSynced = this.sync.problem === undefined;
  }

  /** Runs what is fresh and nobody has heard of, and gives all else back. */
  private async reconcile(): Promise<void> {
    const { mayRun } = this;
    this.mustReconcile = false;
    this.mayRun = true;
    const isLookout = this.lookout.begin();
    const { channel, helix, desk, log, clock, isLive, closed } = this.options;
    let untold = 0;
    try {
      for (const { id, wanted } of [...this.sync.rewards.values()]) {
        for (const open of await helix.open(channel, id)) {
          const redemption = toIncoming(open, channel, wanted);
          const age = clock.date().getTime() - open.redeemedAt;
          const why = whyGiveBack(wanted, {
            age,
            mayRun,
            isLive: isLive(),
            closed: closed(wanted),
          });
          if (!desk.knows(open.id)) untold += 1;
          if (why === undefined) void desk.take(redemption);
          else await desk.giveBack(redemption, why);
        }
      }
    } catch (error) {
      this.mustReconcile = true;
      this.mayRun = mayRun;
      throw error;
    }
    if (!isLookout || untold === 0) return;
    log.warn(
      `Twitch told nothing of ${untold} redemptions in #${channel.login}; they are settled now.`,
      {
        hint: 'Nothing to do; if it happens often, check the network, and pertybot status for what does not come.',
      },
    );
  }

  private async giveBackAll(rewardId: string): Promise<boolean> {
    const { channel, helix, desk, settlement } = this.options;
    const title = this.sync.rewards.get(rewardId)?.wanted.title ?? 'a reward';
    for (const open of await helix.open(channel, rewardId)) {
      const redemption = toIncoming(open, channel, { name: undefined, title });
      await desk.giveBack(redemption, reasonOf('reward.unknown', title));
    }
    await settlement.idle(rewardId);
    if (settlement.has(rewardId)) throw new Error(`Redemptions of "${title}" are still open.`);
    return desk.underWay(rewardId).length === 0;
  }
}
