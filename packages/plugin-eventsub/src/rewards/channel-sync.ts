import type { Logger, Store, WantedReward } from '@pertybot/core';
import { TwitchApiError } from '../helix/twitch-api-error.js';
import type { HelixRewards, RewardChannel, TwitchReward } from './helix-rewards.js';
import { type KeptReward, readKept, writeKept } from './kept-rewards.js';
import { RewardError } from './reward-error.js';
import { type DesiredReward, planRewards, type RewardStep } from './reward-plan.js';
import { toChannelProblem, toRewardProblem } from './reward-problems.js';

/** A reward of the bot on Twitch. */
export interface SyncedReward {
  readonly id: string;
  readonly wanted: DesiredReward;
}

/** What a {@link ChannelSync} needs. */
export interface ChannelSyncOptions {
  readonly channel: RewardChannel;
  readonly helix: HelixRewards;
  readonly store: Store;
  readonly log: Logger;
  /**
   * Gives back what is open of a reward that is about to go; resolves when Twitch has answered.
   * @returns whether nothing of it is being done any more
   * @throws Error when Twitch has not answered, and the bot stops
   */
  readonly giveBackAll: (rewardId: string) => Promise<boolean>;
}

/** Makes the rewards of one channel what the bot wants. Others' rewards are never touched. */
export class ChannelSync {
  /** By Twitch's id. */
  readonly rewards = new Map<string, SyncedReward>();
  /** What cannot be had, by the name of the reward. */
  readonly problems = new Map<string, RewardError>();
  /** Why none can be had. */
  problem: RewardError | undefined;
  private kept: Map<string, KeptReward> | undefined;
  private told = new Set<string>();

  constructor(private readonly options: ChannelSyncOptions) {}

  /** Rewards of ours that nobody wants any more, by Twitch's ids. */
  get gone(): readonly string[] {
    return [...(this.kept?.values() ?? [])].flatMap(({ id, gone }) => (gone ? [id] : []));
  }

  /** Whether there is anything to do, without asking Twitch: who wants no reward needs no login. */
  async isNeeded(wanted: readonly WantedReward[]): Promise<boolean> {
    return wanted.length > 0 || [...(await this.load()).values()].some(({ gone }) => !gone);
  }

  /**
   * Makes it so.
   * @throws TwitchApiError when Twitch cannot be asked now
   */
  async sync(wanted: readonly DesiredReward[]): Promise<void> {
    const { channel, helix } = this.options;
    const kept = await this.load();
    try {
      const ours = await helix.list(channel, 'ours');
      const isComplete = wanted.every(({ name }) =>
        ours.some(({ id }) => id === kept.get(name)?.id),
      );
      // Those of others matter only where one is to be made.
      const everybodys = isComplete ? ours : await helix.list(channel, 'everybody');
      this.problem = undefined;
      this.problems.clear();
      const before = new Set(this.rewards.keys());
      for (const step of planRewards({ wanted, kept, ours, everybodys })) {
        const reward = wanted.find(({ name }) => name === step.name);
        const id = await this.carryOut(step, reward);
        if (id !== undefined) before.delete(id);
      }
      for (const id of before) this.rewards.delete(id);
    } catch (error) {
      if (!isVerdict(error) || error.status !== 403) throw error;
      this.problem = toChannelProblem(channel.login, error);
    }
    this.tellProblems();
  }

  /** @returns Twitch's id of a reward that is there and wanted */
  private async carryOut(
    step: RewardStep,
    wanted: DesiredReward | undefined,
  ): Promise<string | undefined> {
    const { channel, helix, log, giveBackAll } = this.options;
    const kept = await this.load();
    switch (step.do) {
      case 'retire':
        await helix.change(channel, step.id, { paused: true }, { hidden: true });
        await giveBackAll(step.id);
        await this.keep(step.name, { ...known(kept, step.name), id: step.id, gone: true });
        log.info(`The reward "${step.name}" is wanted no more: it is hidden in #${channel.login}.`);
        return undefined;
      case 'remove':
        // With the reward Twitch takes the points of what is open.
        if (!(await giveBackAll(step.id))) {
          throw new Error(`A redemption of "${step.name}", which is to go, is still being done.`);
        }
        await helix.remove(channel, step.id);
        await this.keep(step.name, undefined);
        return undefined;
      case 'refuse':
        if (wanted) this.problems.set(step.name, toRewardProblem(step.why, wanted));
        return undefined;
      default:
        return wanted && this.bring(step, wanted);
    }
  }

  private async bring(
    step: Extract<RewardStep, { do: 'create' | 'change' | 'keep' }>,
    wanted: DesiredReward,
  ): Promise<string | undefined> {
    try {
      const id = step.do === 'keep' ? step.id : (await this.write(step, wanted)).id;
      this.rewards.set(id, { id, wanted });
      await this.keep(wanted.name, { id, plugin: wanted.plugin, runs: wanted.runs });
      return id;
    } catch (error) {
      if (!isVerdict(error)) throw error;
      this.problems.set(wanted.name, toRewardProblem(error, wanted));
      // What viewers can redeem all the same is settled as ever.
      if (step.do !== 'change') return undefined;
      this.rewards.set(step.id, { id: step.id, wanted });
      return step.id;
    }
  }

  private async write(
    step: Extract<RewardStep, { do: 'create' | 'change' }>,
    wanted: DesiredReward,
  ): Promise<TwitchReward> {
    if (step.do === 'change') return this.change(step, wanted);
    const { channel, helix, log } = this.options;
    const made = await helix.create(channel, step.settings);
    log.info(`The reward "${wanted.title}" was made in #${channel.login}.`);
    return made;
  }

  /** What is wanted as before, and is not so any more, was edited by hand. */
  private async change(
    { id, settings }: Extract<RewardStep, { do: 'change' }>,
    wanted: DesiredReward,
  ): Promise<TwitchReward> {
    const { channel, helix, log } = this.options;
    const before = this.rewards.get(id)?.wanted;
    const changed = await helix.change(channel, id, settings);
    if (JSON.stringify(before) === JSON.stringify(wanted)) {
      const what = `"${wanted.title}" in #${channel.login}`;
      log.warn(`Somebody edited ${what}: it is as the bot wants it again.`, {
        hint: 'Edit it in plugins.yaml, where "enabled: false" takes it away.',
      });
    }
    return changed;
  }

  private async load(): Promise<Map<string, KeptReward>> {
    this.kept ??= new Map(await readKept(this.options.store, this.options.channel.login));
    return this.kept;
  }

  /** One id has one name: a renamed reward is not kept under the old one. */
  private async keep(name: string, reward: KeptReward | undefined): Promise<void> {
    const kept = await this.load();
    const before = kept.get(name);
    const isSame =
      before?.id === reward?.id && before?.runs === reward?.runs && before?.gone === reward?.gone;
    if (isSame) return;
    for (const [other, { id }] of kept) if (id === reward?.id) kept.delete(other);
    if (reward) kept.set(name, reward);
    else kept.delete(name);
    await writeKept(this.options.store, this.options.channel.login, kept);
  }

  /** Each once, until it is gone. */
  private tellProblems(): void {
    const all = [...(this.problem ? [this.problem] : []), ...this.problems.values()];
    for (const { message, hint } of all) {
      if (!this.told.has(message)) this.options.log.warn(`${message} ${hint ?? ''}`.trim());
    }
    this.told = new Set(all.map(({ message }) => message));
  }
}

/** Says nothing of the reward: of the login, of the network, or that the reward has gone meanwhile. */
const noVerdicts: readonly number[] = [401, 404, 408, 429];

/** Whether Twitch has judged what was wanted of a reward: all else is tried again. */
function isVerdict(error: unknown): error is TwitchApiError {
  if (!(error instanceof TwitchApiError)) return false;
  const { status = 0, reason } = error;
  return reason !== undefined && status >= 400 && status < 500 && !noVerdicts.includes(status);
}

function known(kept: ReadonlyMap<string, KeptReward>, name: string): KeptReward {
  return kept.get(name) ?? { id: '', plugin: '', runs: '' };
}
