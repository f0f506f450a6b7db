import { type CommandInfo, parseDuration } from '@pertybot/core';
import type { VerbInfo } from '../gadgets/gadget.js';
import {
  type OutputReach,
  outputsOf,
  type ReachedGadget,
  type ReachedParts,
} from './command-reach.js';

/** What of a reward says who redeems it, and how often. */
export interface PricedReward {
  readonly title: string;
  /** Channel points. */
  readonly cost: number;
  /** Id of the plugin. */
  readonly plugin: string;
  /** Pause between two redemptions, milliseconds; 0 for none. */
  readonly cooldown: number;
  readonly maxPerStream?: number | undefined;
  /** The command that it runs, and the words behind it; undefined for what its author wrote. */
  readonly runs?: { readonly command: CommandInfo; readonly words: string } | undefined;
  /** Whether viewers say more behind those words. */
  readonly input: boolean;
}

/** A reward and the outputs that it can switch. */
export interface RewardReach {
  readonly reward: PricedReward;
  readonly outputs: readonly OutputReach[];
}

/** What points can do to the outputs at worst. The price is no limit: a crowd has as many points as it wants. */
export function reachOfRewards(
  rewards: readonly PricedReward[],
  parts: ReachedParts,
): readonly RewardReach[] {
  return rewards.map((reward) => ({ reward, outputs: outputsOfReward(reward, parts) }));
}

function outputsOfReward(reward: PricedReward, parts: ReachedParts): readonly OutputReach[] {
  const { runs, plugin, cooldown, maxPerStream, input } = reward;
  const own = runs?.command ?? { name: '', ownName: '', plugin };
  const call = {
    ...own,
    allow: 'everyone' as const,
    cooldown: { user: 0, channel: cooldown, everyone: 0, byRole: {} },
  };
  const gadgets = parts.gadgets.map((gadget) => {
    const { name, verbs, drives } = gadget;
    const isCalled = runs?.command.ownName.toLowerCase() === name.toLowerCase();
    const said = isCalled && runs && !input ? verbsOf(gadget, runs.words) : verbs;
    // Without its crowd: whoever has paid asks none.
    return { name, drives, verbs: said };
  });
  return outputsOf(call, { ...parts, gadgets }).map((output) => withMost(output, maxPerStream));
}

/** The one verb that is said, as long as is said. */
function verbsOf({ verbs }: ReachedGadget, words: string): readonly VerbInfo[] {
  const [name = '', value = ''] = words.trim().toLowerCase().split(/\s+/);
  const verb = verbs.find((each) => each.name === name);
  if (verb === undefined) return verbs;
  const time = verb.value === 'time' ? parseDuration(value) : undefined;
  return [time === undefined ? verb : { ...verb, lasts: time }];
}

function withMost(output: OutputReach, most: number | undefined): OutputReach {
  if (most === undefined || output.longest === undefined) return output;
  const inAnHour = Math.min(output.inAnHour, most * output.longest);
  return { ...output, inAnHour, forGood: output.forGood && inAnHour === output.inAnHour };
}
