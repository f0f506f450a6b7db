import type { WantedReward } from '@pertybot/core';
import type { RedeemEvent } from '@pertybot/core/host';
import type { RewardSettings, TwitchReward } from './helix-rewards.js';
import type { KeptReward, KeptRewards } from './kept-rewards.js';

/** The most rewards that Twitch lets a channel have, whoever made them. */
export const mostRewards = 50;

/** A wanted reward, and whether it is to be closed now. */
export interface DesiredReward extends WantedReward {
  readonly paused: boolean;
}

/** What there is, and what is wanted. */
export interface PlanInput {
  readonly wanted: readonly DesiredReward[];
  readonly kept: KeptRewards;
  /** Rewards that this app has made. */
  readonly ours: readonly TwitchReward[];
  /** All of the channel. */
  readonly everybodys: readonly TwitchReward[];
}

/** One thing to be done about one reward. */
export type RewardStep = { readonly name: string } & (
  | { readonly do: 'create'; readonly settings: RewardSettings }
  | { readonly do: 'change'; readonly id: string; readonly settings: Partial<RewardSettings> }
  | { readonly do: 'keep'; readonly id: string }
  /** Nobody wants it any more: it is closed and hidden, and what is open of it given back. */
  | { readonly do: 'retire'; readonly id: string }
  /** As `retire`, and it makes room for another one. */
  | { readonly do: 'remove'; readonly id: string }
  | { readonly do: 'refuse'; readonly why: 'title taken' | 'too many' }
);

/** What is to be done, in this order, so that rewards are what the bot wants. Others' rewards are never touched. */
export function planRewards({ wanted, kept, ours, everybodys }: PlanInput): readonly RewardStep[] {
  const byId = new Map(ours.map((reward) => [reward.id, reward]));
  const found = findOwn(wanted, kept, ours);
  const foundIds = new Set([...found.values()].map(({ id }) => id));
  const left = [...kept].filter(([, { id }]) => byId.has(id) && !foundIds.has(id));
  const steps: RewardStep[] = left
    .filter(([, { id, gone }]) => !gone || byId.get(id)?.enabled)
    .map(([name, { id }]) => ({ name, do: 'retire', id }));
  const spare = [...left];
  let count = everybodys.length;
  for (const reward of wanted) {
    const { name } = reward;
    const own = found.get(name);
    const others = everybodys.filter(
      ({ id }) => !foundIds.has(id) && !left.some(([, k]) => k.id === id),
    );
    if (own === undefined && others.some(({ title }) => isSameTitle(title, reward.title))) {
      steps.push({ name, do: 'refuse', why: 'title taken' });
    } else if (own !== undefined) {
      steps.push(toChange(reward, own));
    } else {
      const room = count < mostRewards ? undefined : spare.shift();
      if (room) steps.push({ name: room[0], do: 'remove', id: room[1].id });
      else if (count >= mostRewards) {
        steps.push({ name, do: 'refuse', why: 'too many' });
        continue;
      } else count += 1;
      steps.push({ name, do: 'create', settings: toSettings(reward) });
    }
  }
  return steps;
}

/** Whether a redemption shows that its reward is not as it is wanted, such as after somebody edited it by hand. */
export function showsEdit(
  { title, cost, status }: RedeemEvent,
  wanted: Pick<DesiredReward, 'title' | 'cost'>,
): boolean {
  // What skips the queue is fulfilled at once, and could not be given back.
  if (status === 'fulfilled') return true;
  return !isSameTitle(title ?? wanted.title, wanted.title) || (cost ?? wanted.cost) !== wanted.cost;
}

/** Which of our rewards each wanted one is: by its name, by what it runs, by its title. */
function findOwn(
  wanted: readonly DesiredReward[],
  kept: KeptRewards,
  ours: readonly TwitchReward[],
): ReadonlyMap<string, TwitchReward> {
  const byId = new Map(ours.map((reward) => [reward.id, reward]));
  const found = new Map<string, TwitchReward>();
  const free = new Set(ours.map(({ id }) => id));
  const take = (name: string, id: string | undefined) => {
    const reward = id !== undefined && free.has(id) ? byId.get(id) : undefined;
    if (reward === undefined || found.has(name)) return;
    free.delete(reward.id);
    found.set(name, reward);
  };
  for (const { name } of wanted) take(name, kept.get(name)?.id);
  const names = new Set(wanted.map(({ name }) => name));
  const renamed = [...kept].filter(([name]) => !names.has(name)).map(([, each]) => each);
  for (const { name, title } of wanted) {
    take(name, ours.find((each) => free.has(each.id) && isSameTitle(each.title, title))?.id);
  }
  for (const reward of wanted) {
    if (!found.has(reward.name)) take(reward.name, soleMatch(reward, wanted, renamed));
  }
  return found;
}

/** Two that run the same cannot be told apart. */
function soleMatch(
  { plugin, runs }: DesiredReward,
  wanted: readonly DesiredReward[],
  renamed: readonly KeptReward[],
): string | undefined {
  const isSame = (each: { plugin: string; runs: string }) =>
    each.plugin === plugin && each.runs === runs;
  const [match, ...others] = renamed.filter(isSame);
  return others.length === 0 && wanted.filter(isSame).length === 1 ? match?.id : undefined;
}

function toChange(wanted: DesiredReward, own: TwitchReward): RewardStep {
  const { id } = own;
  const settings = toSettings(wanted);
  const differing = Object.entries(settings).filter(([key, value]) => {
    const now = own[key as keyof RewardSettings];
    return key === 'color'
      ? value !== undefined && String(value).toUpperCase() !== String(now).toUpperCase()
      : value !== now;
  });
  if (differing.length === 0 && own.enabled && !own.skipsQueue) {
    return { name: wanted.name, do: 'keep', id };
  }
  return { name: wanted.name, do: 'change', id, settings: Object.fromEntries(differing) };
}

function toSettings(reward: DesiredReward): RewardSettings {
  const { title, cost, prompt, input, cooldown, maxPerStream, maxPerUser, color, paused } = reward;
  return {
    ...{ title: title.trim(), cost, prompt: prompt.trim(), input, paused },
    cooldown: Math.ceil(cooldown / 1_000),
    maxPerStream: maxPerStream ?? 0,
    maxPerUser: maxPerUser ?? 0,
    ...(color !== undefined && { color }),
  };
}

/** Twitch takes no two titles that differ by case alone. */
function isSameTitle(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}
