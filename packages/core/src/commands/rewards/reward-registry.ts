import type { Allow, CommandError, CommandHandler, Cooldown } from '../../contracts/command.js';
import type { Undo } from '../../contracts/consumer.js';
import type { RewardTrace } from '../../contracts/declaration.js';
import { type Duration, toMilliseconds } from '../../contracts/duration.js';
import type { RewardOptions } from '../../contracts/reward.js';
import { ArgumentTypeCache } from '../argument-types.js';
import type { CommandOwner } from '../command-registry.js';
import { type CommandSignature, parseSignature, requireSignature } from '../command-signature.js';
import { type CooldownRules, toCooldownRules } from '../cooldowns.js';
import {
  checkRewardOptions,
  rewardHandlerError,
  runTakenError,
  takenRewardError,
} from './reward-options.js';
import type { RewardTuning } from './reward-tuning.js';

/** The plugin that a reward belongs to. */
export interface RewardOwner extends CommandOwner {
  /** What the owner of the bot says of rewards, by name. */
  readonly rewards: Readonly<Record<string, RewardTuning>>;
}

/** What a reward does: what its author wrote, or a command that the owner named. */
export type RewardWork =
  | {
      readonly signature: CommandSignature;
      readonly handler: CommandHandler<never>;
      readonly trace: RewardTrace;
    }
  | { readonly run: string };

/** A reward with everything that a redemption needs, resolved once. */
export interface RegisteredReward {
  readonly name: string;
  readonly owner: RewardOwner;
  readonly title: string;
  readonly cost: number;
  readonly prompt: string;
  readonly input: boolean;
  /** Pause that Twitch keeps, milliseconds. */
  readonly cooldown: number;
  readonly maxPerStream: number | undefined;
  readonly maxPerUser: number | undefined;
  readonly color: string | undefined;
  readonly approve: boolean;
  readonly onlyLive: boolean;
  readonly enabled: boolean;
  /** Who may have it run; its price stands in for that unless the owner says otherwise. */
  readonly allow: Allow;
  /** Pauses that core keeps beside. */
  readonly rules: CooldownRules;
  /** What faults of it are said to be in. */
  readonly where: string;
  readonly work: RewardWork;
}

/** Told of a reward that nobody can redeem, since `error` says who has its name or title. */
export type OnRewardClash = (reward: RegisteredReward, error: CommandError) => void;

/** All rewards by name. */
export class RewardRegistry {
  private readonly rewards = new Set<RegisteredReward>();
  private byName = new Map<string, RegisteredReward>();
  private readonly told = new WeakSet<RegisteredReward>();
  private readonly types = new ArgumentTypeCache();
  private readonly listeners = new Set<() => void>();

  constructor(private readonly onClash: OnRewardClash = () => {}) {}

  /** Those that can be redeemed, also while their plugins do not run, by name. */
  get all(): readonly RegisteredReward[] {
    return [...this.byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  find(name: string): RegisteredReward | undefined {
    return this.byName.get(name.toLowerCase());
  }

  /** What the plugin `id` has registered, also what nobody can redeem. */
  of(id: string): readonly RegisteredReward[] {
    return [...this.rewards].filter(({ owner }) => owner.id === id);
  }

  /**
   * Adds a reward of a plugin's author.
   * @throws CommandError when the signature or an option is wrong, the handler is none, or the plugin has its name
   * or title already
   */
  add(
    owner: RewardOwner,
    signature: string,
    options: RewardOptions<never>,
    handler: CommandHandler<never>,
  ): Undo {
    requireSignature(signature);
    if (typeof handler !== 'function' || typeof options !== 'object' || options === null) {
      throw rewardHandlerError(owner.id, signature, options);
    }
    checkRewardOptions(owner.id, signature, options);
    const parsed = parseSignature(signature, options.types, this.types);
    const tuning = tuningOf(owner.rewards, parsed.name);
    if (tuning.run !== undefined) throw runTakenError(owner.id, parsed.name);
    const { title = parsed.name, input = parsed.parameters !== '', ...others } = options;
    const { cost, cooldown = 0, maxPerStream } = options;
    const trace = {
      ...{ name: parsed.name, title, cost, cooldown: toMilliseconds(cooldown) },
      ...(maxPerStream === undefined ? {} : { maxPerStream }),
    };
    const work = { signature: parsed, handler, trace };
    const said = { ...others, title, input, ...tuning, cost: tuning.cost ?? options.cost };
    return this.put(toReward(owner, parsed.name, { ...said, work }));
  }

  /** Adds what the owner of the bot wants for points without code: a command of the plugin. */
  addRuns(owner: RewardOwner): Undo {
    const undos = Object.entries(owner.rewards).flatMap(([name, { run, cost, ...said }]) => {
      if (run === undefined || cost === undefined) return [];
      return this.put(toReward(owner, name, { ...said, cost, work: { run } }));
    });
    return () => {
      for (const undo of undos) undo();
    };
  }

  /** Forgets those of plugins that are there no more, or run without them. */
  settle(isThere: (id: string) => boolean): void {
    for (const reward of this.rewards) {
      const { id, signal } = reward.owner;
      const isReplaced = () => this.of(id).some(({ owner }) => !owner.signal.aborted);
      if (!isThere(id) || (signal.aborted && isReplaced())) this.rewards.delete(reward);
    }
    this.arrange();
  }

  /** Calls `listener` after each change. */
  onChange(listener: () => void): Undo {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  private put(reward: RegisteredReward): Undo {
    const mine = this.of(reward.owner.id);
    const other = mine.find((each) => !each.owner.signal.aborted && isSame(each, reward));
    if (other) throw takenRewardError(reward, other);
    // What is left of the plugin's life before makes room.
    for (const each of mine) if (isSame(each, reward)) this.rewards.delete(each);
    this.rewards.add(reward);
    this.arrange();
    return () => {
      // With its plugin it stays, as one that is away.
      if (!reward.owner.signal.aborted) this.rewards.delete(reward);
      this.arrange();
    };
  }

  /** Gives every name and title to whoever stands first for it in plugins.yaml. */
  private arrange(): void {
    this.byName = new Map();
    const titles = new Map<string, RegisteredReward>();
    for (const reward of inOrder(this.rewards)) {
      const title = reward.title.toLowerCase();
      const holder = this.byName.get(reward.name.toLowerCase()) ?? titles.get(title);
      if (holder === undefined) {
        this.byName.set(reward.name.toLowerCase(), reward);
        titles.set(title, reward);
      } else if (!this.told.has(reward)) {
        this.told.add(reward);
        this.onClash(reward, takenRewardError(reward, holder));
      }
    }
    for (const listener of [...this.listeners]) listener();
  }
}

/** The tuning of the reward `name`, whatever its case. */
export function tuningOf(
  tunings: Readonly<Record<string, RewardTuning>>,
  name: string,
): RewardTuning {
  const own = Object.keys(tunings).find((each) => each.toLowerCase() === name.toLowerCase());
  return (own === undefined ? undefined : tunings[own]) ?? {};
}

/** The pause that Twitch keeps, which knows one for the whole channel. */
export function pauseOnTwitch(cooldown: Cooldown | undefined): Duration | undefined {
  return typeof cooldown === 'object' ? (cooldown.channel ?? cooldown.everyone) : cooldown;
}

function isSame(some: RegisteredReward, other: RegisteredReward): boolean {
  return (
    some.name.toLowerCase() === other.name.toLowerCase() ||
    some.title.toLowerCase() === other.title.toLowerCase()
  );
}

function inOrder(rewards: Iterable<RegisteredReward>): readonly RegisteredReward[] {
  const placeOf = ({ owner }: RegisteredReward) => owner.place?.() ?? 0;
  return [...rewards].sort((a, b) => placeOf(a) - placeOf(b));
}

interface Said extends Omit<RewardTuning, 'run' | 'cost' | 'cooldown'> {
  readonly cost: number;
  readonly cooldown?: Cooldown | undefined;
  readonly work: RewardWork;
}

function toReward(owner: RewardOwner, name: string, said: Said): RegisteredReward {
  const { cooldown } = said;
  return {
    name,
    owner,
    title: (said.title ?? name).trim(),
    cost: said.cost,
    prompt: said.prompt ?? '',
    input: said.input ?? false,
    cooldown: toMilliseconds(pauseOnTwitch(cooldown) ?? 0),
    maxPerStream: said.maxPerStream,
    maxPerUser: said.maxPerUser,
    color: said.color,
    approve: said.approve === 'moderator',
    onlyLive: said.onlyLive ?? false,
    enabled: said.enabled ?? true,
    // The schema of the tuning has checked that each member is a role or @user.
    allow: (said.allow ?? 'everyone') as Allow,
    rules: toCooldownRules(typeof cooldown === 'object' ? cooldown : undefined),
    where: `reward ${name}`,
    work: said.work,
  };
}
